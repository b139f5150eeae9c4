# Faults with place and status: missing, empty, unknown, cut off.
mdx-ingest missing.csv; echo "status $?"
: >empty.csv; : >_SUCCESS
mdx-ingest empty.csv _SUCCESS; echo "status $?"
printf '\001\002\000\377' >bin; mdx-ingest bin; echo "status $?"
printf 'a,b\n1,2\n3,4\n' | gzip | head -c 25 >cut.csv.gz
mdx-ingest cut.csv.gz --manifest m; echo "status $?"
jq -c .complete m
printf 'a,b\n1,2,3\n' >r.csv
mdx-ingest r.csv --max-rejects 1; echo "status $?"
mdx-ingest --kind labs r.csv; echo "status $?"
mdx-ingest -f jsno r.csv; echo "status $?"
printf '' | mdx-ingest; echo "status $?"
