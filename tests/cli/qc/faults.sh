# Every fault of a rule file is named with its line before a record is read.
cat >bad.csv <<'END'
id,field,check,arg,when,message
A,age,rnage,"[0,1]",,x
B,age,range,"[5,1]",,x
C,age,range,,,x
D,age,required,,sex = ,x
A-1:x,age,required,,,x
E,age,enum,8.52E+07,,x
F,age,regex,(,,x
END
mdx-qc --rules-only -r bad.csv </dev/null
mdx-qc --rules-only -r missing.csv </dev/null
echo "status $?"
