# A jq rule must be true for good records: null and false fail, what raises or
# never ends is an error, and libjq sees a record only where `when` holds.
cat >r.csv <<'END'
id,field,check,arg,when,message
SUM,fees,jq,([.fees[].amount] | add) == .total,kind = bill,费用合计不符
RAISE,,表达式,.total + .name > 0,kind = raise,出错
END
cat >in <<'END'
{"kind":"bill","total":3,"fees":[{"amount":1},{"amount":2}]}
{"kind":"bill","total":4,"fees":[{"amount":1},{"amount":2}]}
{"kind":"bill","total":4}
{"kind":"raise","total":1,"name":"张三"}
{"kind":"note","total":1,"name":"张三"}
END
for jobs in 1 4; do
	mdx-qc --rules-only -r r.csv -j $jobs --fail-on never --summary s in
	mdx-qc report --csv - --fail-on never s
done
# An error of the expression is found before the first record.
cat >bad.csv <<'END'
id,check,arg,message
A,jq,.a |,x
B,jq,now > 0,x
C,jq,,x
END
mdx-qc --rules-only -r bad.csv in
