# --strict: a rule without a good and a bad case fails; a case may name records
# that stand before it, and knows nothing of other cases.
cat >r.csv <<'END'
id,field,check,arg,when,message
A,age,range,"[0,130]",,x
B,age,required,,sex = 1,x
C,id,unique,later,,x
D,,row_count,"[1,]",,x
END
cat >cases <<'END'
{"case":"old","record":{"age":131,"id":7},"expect":["A"]}
{"case":"fine","record":{"age":130,"id":7},"expect":[]}
{"case":"twice","before":[{"id":7}],"record":{"age":130,"id":7},"expect":["C"]}
{"case":"no age","record":{"sex":1},"expect":["B"]}
END
mdx-qc test --strict --rules-only -r r.csv cases
echo "status $?"
echo '{"case":"age","record":{"sex":1,"age":3},"expect":[]}' >>cases
mdx-qc test --strict --rules-only -r r.csv cases
