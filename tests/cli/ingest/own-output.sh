# What the run writes itself is no source, wherever it stands: a folder that is
# read may hold the output, the state, and those of the run before.
export LC_ALL=C
mkdir in
{ echo a,b; seq -f '%.0f,x' 20000; } >in/a.csv
account() {
	jq -c 'select(.uri | test("\\.[0-9]+-[0-9]+$") | not) |
		[.uri, .records, .skipped]' "$@"
}
run() {
	mdx-ingest in -o in/out.ndjson --manifest in/m --rejects in/bad \
	    --report in/report.json --state in/s.db "$@"
	echo "status $?"
	account in/m
	jq -c '[.out.records, .set_aside, .ingest.pieces]' in/report.json
}
run
echo '== again, and a file that came'
printf 'a,b\n1,2\n' >in/b.csv
run
rm in/[mors]* in/b*
echo '== standard output in the folder, read when much of it is there'
(
	ulimit -f 100000
	mdx-ingest -j1 in >in/z.ndjson 2>in/zz.log
	echo "status $?"
)
wc -l <in/z.ndjson
rm in/z*
echo '== numbered files of the run before'
mdx-ingest in -o 'in/night-%n.ndjson' --rotate 2M --manifest m
account m
mdx-ingest in -o 'in/night-%n.ndjson' --rotate 2M --manifest m
echo "status $?"
account m | head -4
rm in/n*
echo '== a watched folder'
mdx-ingest --watch in --settle 200ms -o 'in/%n.ndjson' --rotate 1s \
    --manifest in/m 2>err &
sleep 4
kill $!
wait $!
echo "status $?"
cat err
account in/m
echo '== a source that is an output is not overwritten'
cp in/a.csv b.csv
mdx-ingest b.csv -o b.csv
echo "status $?"
mdx-ingest in/a.csv b.csv --manifest ./b.csv
echo "status $?"
mdx-ingest b.csv >>b.csv
echo "status $?"
cmp in/a.csv b.csv && echo same
