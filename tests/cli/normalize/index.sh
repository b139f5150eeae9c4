# A list is compiled beside it; a compiled form that is cut, made up or of an
# older list is made anew, and where it cannot be kept the answer is the same.
mkdir terms
printf 'code,name\nA1,砧骨恶性肿瘤\nA2,砧液\n' >terms/own@1.csv
look() { echo 砧骨癌 | mdx-normalize lookup --terms terms --system own --top 1; }
look >first
cp terms/.index/own@1.mdxi whole
look | cmp - first
head -c 300 whole >terms/.index/own@1.mdxi
look | cmp - first
cmp whole terms/.index/own@1.mdxi && echo made anew
tr '\001' '\377' <whole >terms/.index/own@1.mdxi
look | cmp - first
cmp whole terms/.index/own@1.mdxi && echo made anew
rm -r terms/.index
echo no folder >terms/.index
look | cmp - first
rm terms/.index
printf 'code,name\nA1,砧骨部\nA2,砧液\n' >terms/own@1.csv
look
cat first
