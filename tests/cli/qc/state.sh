# Shards checked with --state merge to the one-shot summary, whatever the cut and the order: unique, overlap, sequence, orphans.
cat >r.csv <<'EOF'
id,field,check,arg,when,points,missing,message
L,id,unique,later,,5,,x
L2,n,unique,later,dept = d1,7.5,,x
A,id,unique,all,,,,x
O,,overlap,"start,end by pid",,3,,x
S,n,sequence,by pid,,,,x
F,pid,foreign_key,person.pid,,11,fail,x
R,n,range,"[0,300]",,99,,x
EOF
awk 'BEGIN {
	srand(7)
	for (i = 0; i < 600; i++) {
		day = int(rand() * 27) + 1
		printf "{\"dept\":\"d%d\",\"id\":%d,\"pid\":\"p%d\",", rand() * 4, \
		    rand() * 500, rand() * 60
		printf "\"n\":%d,\"start\":\"2024-01-%02d\",", rand() * 320, day
		printf "\"end\":\"2024-01-%02d 09:%02d\"}\n", \
		    day + rand() * (28 - day), rand() * 60
		if (i % 40 == 0)
			print "{\"id\":7,\"pid\":\"\",\"dept\":\"d1\"}"
	}
}' >all
i=0
while [ $i -lt 60 ]; do
	[ $((i % 9)) = 0 ] || echo "{\"pid\":\"p$i\"}"
	i=$((i + 1))
done >person.ndjson
check() {
	mdx-qc --rules-only -r r.csv --by dept --fail-on never --no-output "$@"
}
check --ref-dir . --summary whole all
grep -o '"rule":"[A-Z0-9]*","kind".*"error":[0-9]*' whole
head -n 1 whole | grep -o '"failing":.*"samples"'
sed 's/"shards":.*//' whole >want
for n in r/1 r/3 l/5 r/8; do
	rm -rf part.* state refs.*
	split -n $n all part.
	for p in part.*; do
		# Each shard knows a part of the persons alone.
		mkdir "refs.$p"
		case $p in
		*a) grep -v 'p1' person.ndjson ;;
		*) grep 'p1' person.ndjson ;;
		esac >"refs.$p/person.ndjson"
		[ $n = r/1 ] && cp person.ndjson "refs.$p"
		check -j 2 --memory 1 --ref-dir "refs.$p" \
		    --state state --summary "s.$p" "$p"
	done
	# shellcheck disable=SC2046
	mdx-qc merge --state state $(ls s.part.* | sort -R) >merged
	sed 's/"shards":.*//' merged | cmp - want
	# A part of them first, then the rest.
	if [ $n = l/5 ]; then
		mdx-qc merge --state state s.part.ab s.part.ad >some
		mdx-qc merge --state state s.part.aa s.part.ac some s.part.ae |
		    cmp - merged
		rm -rf kept
		mkdir kept
		mv s.part.* state kept
	fi
	rm -f s.part.*
done
stat -c %a kept/state/*.keys | sort -u
{
	cd kept || exit
	mdx-qc merge s.part.aa s.part.ab
	echo "status $?"
	mdx-qc merge --state nowhere s.part.aa s.part.ab
	echo "status $?"
	for f in state/*; do echo >>"$f"; done
	mdx-qc merge --state state s.part.aa s.part.ab
	echo "status $?"
	mdx-qc merge --state state ../whole s.part.ab
	echo "status $?"
} 2>&1 | sed 's|state/[0-9a-z]*|state/ID|; s/shard .[0-9a-z]*./shard ID/; s|nowhere/[0-9a-z]*|nowhere/ID|'
