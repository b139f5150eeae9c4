# A period may begin on the day, or at the moment, that another ends, not before; numbers of one key go up by one.
cat >r.csv <<'EOF'
id,field,check,arg,message
O,start,overlap,"start,end by pid,ward",x
S,n,sequence,by visit,x
EOF
cat >in <<'EOF'
{"pid":"a","ward":1,"start":"2024-01-01","end":"2024-01-05","visit":"v","n":3}
{"pid":"a","ward":1,"start":"2024-01-05","end":"2024-01-09","visit":"v","n":2}
{"pid":"a","ward":1,"start":"2024-01-09 08:00","end":"2024-01-10 09:00","visit":"v","n":1}
{"pid":"a","ward":1,"start":"2024-01-10 09:00","end":"2024-01-11","visit":"v","n":5}
{"pid":"a","ward":1,"start":"2024-01-10 10:00","end":"2024-01-10 11:00","visit":"v","n":5}
{"pid":"a","ward":2,"start":"2024-01-02","end":"2024-01-03","visit":"w","n":7}
{"pid":"b","ward":1,"start":"2024-01-02","end":"2024-01-03","visit":"w","n":"8"}
{"pid":"b","ward":1,"start":"2024-01-03","end":"2024-01-03","visit":"w","n":1.5}
{"pid":"b","ward":1,"start":"2024-01-03","end":"2024-01-04","n":9}
{"pid":"b","ward":1,"start":"2024-01-01","end":"2024-01-09"}
{"pid":"b","ward":1,"start":"2024-01-05","end":"2024-01-05"}
{"pid":"b","ward":1,"start":"2024-02-05","end":"2024-02-03"}
{"pid":"b","start":"2024-01-05","end":"2024-01-06"}
EOF
mdx-qc --rules-only -r r.csv --summary s --fail-on never in | grep -n '"qc"'
grep -o '"rule":"[OS]","kind".*"error":[0-9]*' s
for arg in "start by pid" "start,end" "a,b,c by pid"; do
	printf 'id,check,arg,message\nO,overlap,"%s",x\n' "$arg" >bad.csv
	mdx-qc lint --rules-only -r bad.csv
done
printf 'id,field,check,arg,message\nS,n,sequence,visit,x\n' >bad.csv
mdx-qc lint --rules-only -r bad.csv
# Marking needs the periods in memory; counting does not.
awk 'BEGIN { for (i = 0; i < 9000; i++)
	printf "{\"pid\":%d,\"ward\":1,\"start\":\"2024-01-01\",\"end\":\"2024-01-02\"}\n", i % 8000 }' >many
mdx-qc --rules-only -r r.csv --memory 64K --fail-on never -o out many
echo "status $? $(ls out 2>&1)" >&2
mdx-qc --rules-only -r r.csv --memory 64K --no-output --summary s --fail-on never many
grep -o '"rule":"O","kind".*"error":[0-9]*' s
