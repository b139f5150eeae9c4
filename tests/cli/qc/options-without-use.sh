# An option that would change nothing is said to, and a verb with a slip of the
# pen is no file.
printf 'id,field,check,message\nA,x,unique,x\n' >r.csv
echo '{"x":1}' >in
try() {
	mdx-qc "$@"
	echo "status $?"
}
try --rules-only -r r.csv --no-output --state state in
mdx-qc --rules-only -r r.csv --no-output --summary s in
try report --run night s
try report --now 2026-01-01 s
try profile --rules-only --summary x in
try profile --rules-only --quarantine y in
try import schema --summary x in
try report --shard a s
try check --rules-only -r r.csv --no-output --summary x in
try explain --rules-only -r r.csv --only A A
try explain --rules-only -r r.csv --only A | head -n 2
try reprot s
try reprot.ndjson
cp in reprot
try reprot --rules-only -r r.csv
try merge --samples 3 s
try rules --annotate none
try watch --no-output in
try report --quarantine-at warn s
try --rules-only -r r.csv --annotate all in
