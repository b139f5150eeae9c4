# Later ones fail; with all, every row of a repeated key is counted, none marked.
cat >r.csv <<'END'
id,field,check,arg,message
L,pid,unique,later,x
A,pid,unique,all,x
END
printf '{"pid":"%s"}\n' 1 2 1 1 "" "" >in
mdx-qc --rules-only -r r.csv -j 4 --summary s --fail-on never in
grep -o '"rule":"[LA]".*"error":0' s
mdx-qc --rules-only -r r.csv --shard b --summary t --no-output --fail-on never in
mdx-qc merge s t
echo "status $?"
i=0
while [ $i -lt 3000 ]; do echo "{\"pid\":$i}"; i=$((i + 1)); done |
mdx-qc --rules-only -r r.csv --memory 64K --no-output --fail-on never
