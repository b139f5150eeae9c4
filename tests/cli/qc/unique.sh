# Later ones fail; with all, every row of a repeated key is counted, none marked; the same where memory holds next to nothing.
cat >r.csv <<'EOF'
id,field,check,arg,missing,message
L,pid,unique,later,,x
A,pid,unique,all,,x
M,pid,unique,,fail,x
E,codes[],unique,,,x
EOF
{
	printf '{"pid":"%s"}\n' 1 2 1 1 "" ""
	echo '{"pid":1.0,"codes":["a","b","a"]}'
	echo '{"pid":3,"codes":["b","c"]}'
	echo '{"pid":3,"codes":["b","c"]}'
} >in
mdx-qc --rules-only -r r.csv -j 4 --summary s --fail-on never in
grep -o '"rule":"[LAME]".*"error":0' s
grep -o '"rule":"L".*' s | grep -o '"samples.*'
head -n 1 s | grep -o '"failing":[0-9]*'
for how in --no-output "--annotate none -o out" "--memory 1 -o out"; do
	# shellcheck disable=SC2086
	mdx-qc --rules-only -r r.csv -j 4 $how --summary t --fail-on never in
	cmp s t
done
i=0
while [ $i -lt 9000 ]; do echo "{\"pid\":$((i * 7 % 6000))}"; i=$((i + 1)); done >many
mdx-qc --rules-only -r r.csv --only L --summary s --fail-on never many >marked
mdx-qc --rules-only -r r.csv --only L --summary t --memory 1 --fail-on never many | cmp - marked
cmp s t
grep -c '"qc"' marked
mdx-qc --rules-only -r r.csv --only L --memory 1 --spill none --fail-on never -o other many
echo "status $? $(ls other 2>&1)" >&2
mdx-qc explain --rules-only -r r.csv L | grep memory
