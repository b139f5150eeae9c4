# A spill folder that is full is 4 in one line, and no output is there: while records pass, at the end, while a reference is read, and for --state.
cat >r.csv <<'EOF'
id,field,check,arg,message
U,k,unique,,x
EOF
cat >f.csv <<'EOF'
id,field,check,arg,message
F,k,compare,= ref(k).v,x
EOF
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "{\"k\":%d,\"v\":%d}\n", i % 45000, i }' >in
head -n 9 in >few
trap '' XFSZ
try() {
	rm -f sum
	(ulimit -f 300; exec mdx-qc --rules-only --memory 1 --fail-on never "$@") 2>err
	echo "status $?, $(wc -l <err) line: $(sed "s|'.*'|FOLDER|" err)"
	ls out 2>/dev/null
	[ -s sum ] && grep -o '"complete":[a-z]*' sum
}
try -r r.csv -o out in
try -r r.csv --no-output --samples 0 --summary sum in
try -r f.csv --ref ref=in -o out few
rm -f sum
(ulimit -f 300; exec mdx-qc --rules-only -r r.csv --no-output --fail-on never --state state --summary sum in) 2>err
echo "status $?"
sed 's|state/.*keys|FILE|' err
ls state sum
# The folder of --state is made; where it cannot be, that is 4 too.
mdx-qc --rules-only -r r.csv --no-output --fail-on never --state r.csv/state --summary sum few
echo "status $?"
