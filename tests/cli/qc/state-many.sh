# Keys of more shards than files may be open merge all the same; where a few are
# still too many, that is said.
cat >r.csv <<'END'
id,field,check,arg,points,message
L,id,unique,later,5,x
S,n,sequence,by pid,,x
END
awk 'BEGIN {
	srand(3)
	for (i = 0; i < 800; i++)
		printf "{\"dept\":\"d%d\",\"id\":%d,\"n\":%d,\"pid\":%d}\n", \
		    i % 7, rand() * 700, i, i % 3
}' >all
check() {
	mdx-qc --rules-only -r r.csv --by dept --fail-on never --no-output "$@"
}
check --summary whole all
sed 's/"shards":.*//' whole >want
split -n r/80 -a 3 all part.
for p in part.*; do
	check -j 1 --state state --summary "s.$p" "$p"
done
(ulimit -n 80; mdx-qc merge --memory 1 --state state s.part.*) >merged
sed 's/"shards":.*//' merged | cmp - want && echo same
mdx-qc merge --state state s.part.aa? s.part.ab? >some
mdx-qc merge --state state some s.part.ac? s.part.ad? | sed 's/"shards":.*//' |
    cmp - want && echo same
# Which file is one too many depends on what the caller holds open.
(ulimit -n 30; mdx-qc merge --state state s.part.aa? s.part.ab?) 2>err
echo "status $?"
sed 's,state/[0-9a-z]*\.keys,state/NAME.keys,' err >&2
