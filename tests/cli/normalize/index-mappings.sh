# A table of mappings is compiled, too, and says the same as the table; a
# compiled form that is cut, made up or of an older table is made anew.  A
# table with a fault is never kept.
mkdir -p terms/approved
table() {
	printf 'term,unit,specimen,code,display,system,version,relation,status,reviewer,date\n'
	printf "'-2型病,,,X1,一型病,own,1,exact,APPROVED,王,2026-01-02\n"
	printf '%s,,,X2,%s,own,1,exact,APPROVED,王,2026-01-02\n' "$1" "$1"
	printf '甲病,,,X3,乙病,own,1,broad,已审,王,2026-01-02\n'
	printf '无码,,,,,,,none,APPROVED,王,2026-01-02\n丙病,,,X4,丙病,own,1,,FLAGGED,,\n'
	printf '丁病,,,X5,丁病,own,1,,INVALID_TARGET,,\n'
}
table 甲病 >terms/approved/diagnosis.csv
look() {
	printf '%s\n' '－２型病' 甲病 无码 丙病 糖尿病 |
	    mdx-normalize lookup --field diagnosis --system own --terms terms --top 1
}
image='terms/.index/approved+diagnosis.mdxm'
look >first
cat first
cp "$image" whole
look | cmp - first
for f in terms/.index/*; do basename "$f"; done
head -c 200 whole >"$image"
look | cmp - first
cmp whole "$image" && echo made anew
tr '\001' '\377' <whole >"$image"
look | cmp - first
cmp whole "$image" && echo made anew
rm -r terms/.index
echo no folder >terms/.index
look | cmp - first
rm terms/.index
echo '{"诊断名称":"丁病","_mdx":{"kind":"diagnosis"}}' >one.ndjson
for i in 1 2; do
	mdx-normalize --terms terms --review "todo$i.csv" one.ndjson >"out$i"
done
cmp todo1.csv todo2.csv && cmp out1 out2 && grep -c 'retired_code,.*丁病' todo2.csv
table 戊病 >terms/approved/diagnosis.csv
look | sed -n 2p
printf '甲病,,,,,,,none,APPROVED,王,2026-01-02\n' >>terms/approved/diagnosis.csv
rm "$image"
look
[ -e "$image" ] || echo not kept
