# Terms become codes and ranked candidates, one line each, in order: bare lines
# and records; a system of one's own, further names, codes as input.
mkdir terms
cat >terms/own@1.csv <<'END'
code,name,aliases,status
A1,砧骨恶性肿瘤,砧骨肿瘤,
A2,砧骨体恶性肿瘤,,
A3,砧液,,
A4,急性砧骨炎,,
A5,砧骨息肉,,retired
A6,砧液,,
END
mdx-normalize lookup --terms terms --system own --top 2 <<'END'
砧骨恶性肿瘤
{"term":"砧骨肿瘤","bed":12,"_mdx":{"kind":"x"}}
砧骨体Ca
砧液
砧骨恶性肿瘤，急性砧骨炎
血压计
{"bed":12}
END
status=$?
# a part that is approved in one edition only is taken to the one asked for
printf 'code,name\nB1,胃恶性肿瘤\nB2,急性砧骨炎\n' >terms/more@1.csv
echo 胃恶性肿瘤，急性砧骨炎 |
	mdx-normalize lookup --terms terms --system more --top 1
printf 'A2\nA5\nA9\n' | mdx-normalize lookup --terms terms --system own --code --top 1
exit $status
