# Summaries of any shards, in any order, merge to the one-shot summary.
i=0
while [ $i -lt 400 ]; do
	echo "{\"dept\":\"d$((i % 7))\",\"age\":$((i * 37 % 160)),\"t\":\"2024-0$((i % 9 + 1))-11\",\"_mdx\":{\"id\":\"id$i\"}}"
	[ $((i % 11)) = 0 ] && echo "{\"age\":$i,\"_mdx\":{\"id\":\"x$i\"}}"
	i=$((i + 1))
done >all
check() {
	mdx-qc --rules-only -r "$CASES/rules.csv" --by "dept,month(t)" \
	    --fail-on never --no-output "$@"
}
check -j 2 --summary whole all
sed 's/"shards":.*//' whole >want
for n in 1 2 3 5 8; do
	rm -f part.*
	split -n r/$n all part.
	for p in part.*; do
		check -j $((n % 2 + 1)) --summary "s.$p" "$p"
	done
	# shellcheck disable=SC2046
	mdx-qc merge $(ls s.part.* | sort -R) | sed 's/"shards":.*//' | cmp - want
	rm -f s.part.*
done
check --summary again all
mdx-qc merge whole again
echo "status $?" >&2
head -n 20 whole >cut
mdx-qc merge cut
