# lint finds what is wrong whatever the records are, and warns of what may be.
cat >r.csv <<'END'
id,kind,field,check,arg,when,message,owner,until
KIND,labs,value,required,,,x,o,
SODIUM,lab,value,required,,test = NA,x,o,
FIELD,lab,valeu,required,,tset = K,x,o,
UNIT,lab,value,unit,mmol/L|mmmol/L,"unit in {g/L, gg/L}",x,o,
NEVER,lab,value,required,,test = K & test = PT,x,o,
NEVER-2,lab,value,required,,"age in [0,14) & age > 20",x,o,
NEVER-3,lab,value,required,,!(age missing) & age missing,x,o,
NEVER-4,lab,value,required,,"test in {K, PT} & test prefix ""C""",x,o,
NEVER-5,lab,value,required,,test = K & (test = PT | test missing),x,o,
FINE,lab,value,required,,test = K & (test = PT | unit missing),x,o,
ALWAYS-FAILS,lab,age,range,"[18,130]","age in [0,14)",x,o,
ALWAYS-FAILS-2,lab,sex,enum,M|F,"sex = 男",x,o,
NEVER-FAILS,lab,age,range,"[0,130]","age in [0,14)",x,o,
NO-VALUE,lab,age,range,"[0,130]",age missing,x,o,
A,inpatient,discharge_time,compare,>= admit_time,,x,o,
REVERSE,inpatient,admit_time,compare,>= discharge_time,,x,o,
SAME-ORDER,inpatient,admit_time,compare,<= discharge_time,,x,o,
OPPOSITE,inpatient,admit_time,compare,> discharge_time,,x,o,
REQ,exam,dept,required,,,x,o,
ABS,exam,dept,absent,,,x,o,
LOW,exam,age,range,"[0,10]",,x,o,
HIGH,exam,age,compare,> 20,dept = A,x,o,
TWICE,exam,age,范围,"[0,10]",,x,o,
ALL,exam,dept,regex,.+,,x,o,
NONE,exam,dept,regex,$a,,x,o,
JQ,exam,,jq,.age > 3,,x,o,
OWNER,exam,dept,length,"[1,9]",,x,,
OVER,exam,dept,length,"[1,8]",,x,o,2025-12-31
END
printf 'OLD,lab,value,reference,@ages.csv,,x,o,\n' >>r.csv
cat >ages.csv <<'LIMITS'
test,unit,age_low,age_high,low,high
HGB,g/L,0,13,60,200
HGB,g/L,14,,60,220
K,mmool/L,0,14,1,9
K,mmool/L,14,,1,9
LIMITS
mdx-qc lint -r r.csv --now 2026-01-01 --only 'KIND,SODIUM,FIELD,UNIT,NEVER*,FINE,ALWAYS*,NO-VALUE,A,REV*,SAME*,OPP*,REQ,ABS,LOW,HIGH,TWICE,ALL,NONE,JQ,OWNER,OVER,OLD*'
echo "status $?"
echo id,field,check,message >one.csv
echo A,dept,required,x >>one.csv
mdx-qc lint --rules-only -r one.csv
echo "status $?"
mdx-qc lint --strict --rules-only -r one.csv
