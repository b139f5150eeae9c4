# explain, lint and test.
cat >r.csv <<'END'
id,kind,field,check,arg,when,message,owner
A,lab,value,range,"[0,5]",test = K & unit = mmol/L,钾异常,检验科
B,labs,value,range,"[0,5]",test = K & unit = mmol/L,钾异常,检验科
C,lab,value,regex,.*,,x,
D,lab,value,regex,.*,,y,检验科
END
mdx-qc explain --rules-only -r r.csv A
mdx-qc lint --rules-only -r r.csv; echo "status $?"
cat >cases <<'END'
{"case":"high","record":{"test":"K","unit":"mmol/L","value":6,"_mdx":{"kind":"lab"}},"expect":["A"]}
{"case":"other unit","record":{"test":"K","unit":"mg","value":6,"_mdx":{"kind":"lab"}},"expect":["A"]}
END
mdx-qc test --rules-only -r r.csv cases
