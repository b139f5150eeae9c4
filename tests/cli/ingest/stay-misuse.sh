# What does not go together, each with what to do instead.
mkdir drop
printf 'a,b\n1,2\n' >a.csv
try() {
	mdx-ingest "$@" 2>&1 | head -n 1
}
try --watch
try --watch -
try --watch a.csv
try --watch --follow drop
try --watch sqlite:x.db
try --watch --inspect drop
try --watch --settle soon drop
try --settle 5s drop
try --watch --done a/b drop
try --follow drop
try --follow -
try --follow --done .ok a.csv
try -o 'x-%n.ndjson' a.csv
try --rotate 64M -o x.ndjson a.csv
try --rotate 64M a.csv
try --rotate 64 -o 'x-%n.ndjson' a.csv
try --rotate 64M -o 'x-%n/y.ndjson' a.csv
try --rotate 64M -o 'x-%n.ndjson' --rejects bad.zst a.csv
try --watch --manifest m.gz drop
try --forget a.csv
mdx-ingest --watch missing drop --settle 100ms >out &
pid=$!
sleep 1
kill $pid
wait $pid
echo "status $?"
