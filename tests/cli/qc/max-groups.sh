# Groups beyond --max-groups count under （其余）, whatever the cut and the workers, also for rules that compare records.
cat >r.csv <<'EOF'
id,field,check,arg,when,points,message
A,age,range,"[0,120]",,5,x
C,age,range,"[0,100]",dept prefix d1,1,x
N,name,required,,,1,x
U,key,unique,later,,2,x
EOF
i=0
while [ $i -lt 400 ]; do
	[ $((i % 5)) = 0 ] && name= || name=n
	echo "{\"dept\":\"d$((i * 7 % 23))\",\"age\":$((i * 37 % 160)),\"t\":\"2024-0$((i % 2 + 1))-11\",\"name\":\"$name\",\"key\":$((i % 190)),\"_mdx\":{\"id\":\"id$i\"}}"
	i=$((i + 1))
done >all
check() {
	mdx-qc --rules-only -r r.csv --by "dept,month(t)" --max-groups "$most" \
	    --fail-on never --no-output --state state "$@"
}
for most in 1 5 40 46; do
	check -j 1 --summary whole all 2>err
	sed 's/"shards":.*//' whole >want
	echo "$most: $(cat err) $(grep -c '"t":"group"' whole) groups"
	grep '"t":"group".*其余' whole
	for n in 2 3 7; do
		split -n r/$n all part.
		for p in part.*; do
			check -j $((n % 2 + 1)) --summary "s.$p" "$p" 2>/dev/null
		done
		# shellcheck disable=SC2046
		mdx-qc merge --state state $(ls s.part.* | sort -R) 2>/dev/null |
		    sed 's/"shards":.*//' | cmp - want
		rm -f part.* s.part.*
	done
	rm -r state
done
echo '-- what a report says'
most=5
check --summary s all 2>/dev/null
mdx-qc report --fail-on never --md - --json j --html h --coverage c s
grep -o '"surplus":[0-9]*' j
grep -c '计入（其余）' h
grep 其余 c
echo '-- the ceiling of a merge is the smaller one'
check --shard all --summary s all 2>/dev/null
head -n 3 all >few
most=3
check --shard few --summary t few
mdx-qc merge --state state s t | grep -c '"t":"group"'
echo '-- a department of that name is no surplus, until there is one'
printf '{"dept":"%s"}\n' 甲 甲 甲 甲 甲 （其余） （其余） （其余） （其余） （其余） 乙 >odd
for most in 2 1; do
	mdx-qc --rules-only -r r.csv --only A --by dept --max-groups $most --no-output --summary s odd
	grep -c '"folded":true' s
	mdx-qc report --json - s | grep -o '"surplus":[0-9]*'
	mdx-qc profile --rules-only --by dept --max-groups $most odd | grep -c '"by":{"dept":"（其余）"}'
done
