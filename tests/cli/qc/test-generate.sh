# --generate writes cases at the boundaries of rules, generated and written by
# hand, which pass test --strict; it names the rules that need a hand.
cat >limits.csv <<'END'
test,unit,sex,age_low,age_high,low,high
K,mmol/L,女,,18,1,12.5
END
printf 'key,value\nO80,2\n' >map.csv
cat >r.csv <<'END'
id,kind,field,check,arg,when,message
RANGE,lab,value,range,"(0,9.9]","unit in {g, mg} & !(age > 3) & test prefix C",x
LENGTH,lab,codes[].text,length,"[2,3]",,x
DATE,lab,time,date,"[1950-01-01,now]",_mdx.src.format = csv,x
REGEX,lab,code,regex,^[A-Z][0-9]{2}(\.[0-9]+)?$,,x
ENUM,lab,sex,enum,男|女,,x
ORDER,lab,end,compare,>= start,,x
SHIFT,lab,end,compare,<= start + 7d,,x
SUM,lab,total,compare,"= sum(a, b) ~ 0.01",,x
LEAST,lab,total,compare,>= 0,,x
COUNT,lab,codes,count,"[1,2]",,x
ONE,lab,,one_of,"a,b",,x
MAP,lab,dx,map,@map.csv sex,,x
LIMIT,lab,value,reference,@limits.csv,status = 1,x
UNIQUE,lab,id,unique,,,x
JQ,lab,,jq,.a > 1,a exists,x
LOOK,lab,a,regex,^(?!x).*$,,x
END
mdx-qc test --generate --rules-only -r r.csv -o cases
cat cases
grep -v LOOK cases >shown
mdx-qc test --rules-only -r r.csv --strict --only 'R*,LEN*,D*,ENUM,ORDER,S*,LEA*,COUNT,ONE,M*,LIM*,UNIQUE' shown | tail -n 2
# Every generated rule of the shipped catalogue.
mdx-qc test --generate --only '*:*' -o core.cases
mdx-qc test --strict --only '*:*' core.cases | grep -v '^ok' | sed 's/1\.\.[0-9]*/1..N/'
