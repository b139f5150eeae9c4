# Not applicable is its own state, with a reason; max_fail and row_count are
# thresholds of the report; rates never include what did not apply.
cat >r.csv <<'END'
编号,类别,字段,检查,参数,条件,允许,级别,提示
A,lab,value,必填,,,50%,,缺值
B,exam,value,必填,,,,,无此类
C,lab,none,范围,"［0，1］",,,,从未出现
D,lab,value,范围,"[0,5]",unit = g,,,条件未成立
E,lab,,行数,"[3,]",,,警告,行数不足
END
mdx-qc --rules-only -r r.csv --kind lab --no-output --summary s <<'END'
{"value":1}
{"value":null}
END
echo "status $?"
mdx-qc report --csv - --fail-on never s
mdx-qc report --md /dev/null --fail-on warn s
echo "status $?"
mdx-qc report --md /dev/null --fail-on never --fail-on-na s
