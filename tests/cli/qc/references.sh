# Rules read other streams: NDJSON and CSV, compressed; no row is a fault, two that differ are an error.
cat >r.csv <<'EOF'
id,field,check,arg,when,message
FK,person_id,foreign_key,person.person_id,,x
BIRTH,start,compare,>= person(person_id).birth_date,,x
WHEN,start,required,,person(person_id).sex = M,x
DEATH,start,compare,<= person(person_id).death,,x
SUM,n,compare,"= sum(person(person_id).a, 2)",,x
OTHER,dept,compare,= depts(code = dept).code,,x
FIELD,person(person_id).sex,enum,M|F,,x
EOF
mkdir refs
gzip >refs/person.ndjson.gz <<'EOF'
{"person_id":1,"birth_date":"1990-01-01","sex":"M","a":1}
{"person_id":"2","birth_date":"1980-01-01","sex":"X","death":"2020-01-01"}
{"person_id":3.0,"sex":"M","death":"2020-01-01"}
{"person_id":3,"sex":"M","death":"2021-01-01"}
{"person_id":null,"sex":"M"}
EOF
printf '\357\273\277code,name\n A ,"内科, 一"\nB,x\n' >depts.csv
cat >in <<'EOF'
{"person_id":1,"start":"1989-01-01","dept":"A","n":3}
{"person_id":2,"start":"2021-01-01","dept":"C","n":3}
{"person_id":3,"start":"1990-01-01"}
{"person_id":4,"start":"1990-01-01"}
{"start":"1990-01-01"}
{"person_id":"1"}
EOF
check() {
	mdx-qc --rules-only --fail-on never "$@"
}
check -r r.csv --ref depts=depts.csv --ref-dir refs --summary s in
grep -o '"rule":"[A-Z]*",.*"error":[0-9]*' s
mdx-qc explain --rules-only -r r.csv FK WHEN OTHER | grep -E '^[A-Z]|cost|memory|reads'
# The same where memory holds next to nothing.
check -r r.csv --ref depts=depts.csv --ref-dir refs --memory 1 --summary t --no-output in
cmp s t
# Nothing is an orphan, or nothing is there to look at.
head -n 1 in | mdx-qc --rules-only -r r.csv --only FK --ref-dir refs
echo '{}' | mdx-qc --rules-only -r r.csv --only FK --by dept --ref-dir refs
