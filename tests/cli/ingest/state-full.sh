# An output that cannot be written: status 4, and the state stays where it was.
printf 'a,b\n1,2\n3,4,5\n' >a.csv
mdx-ingest --state s.db --rejects bad a.csv >/dev/full
echo "status $?"
ln -s /dev/full full
mdx-ingest --state s.db -o out --manifest full a.csv
echo "status $?"
[ -e out ] || echo 'no output'
mdx-ingest --state s.db --rejects full a.csv >out
echo "status $?, $(wc -l <out) record"
mkdir folder
mdx-ingest --state s.db -o folder --rejects bad a.csv
echo "status $?"
mdx-ingest --state s.db --rejects bad a.csv | jq -c .a
wc -l <bad
mdx-ingest --state s.db a.csv
echo "status $?"
