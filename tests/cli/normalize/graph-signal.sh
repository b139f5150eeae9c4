# A signal: records that came are kept, and the same command goes on; of lines
# of a graph nothing is, for they would count again.
interrupt() {
	mkfifo pipe
	mdx-normalize graph --db g.sqlite --report report.json pipe &
	exec 3>pipe
	cat "$1" >&3
	sleep 1
	kill -TERM $!
	wait $!
	echo "status $?"
	exec 3>&-
	rm pipe
	jq -c '[.in.records, .skipped, .normalize.taken]' report.json
	sqlite3 g.sqlite 'SELECT count(*), (SELECT count(*) FROM seen) FROM entity'
}
interrupt "$CASES/graph-records.ndjson"
mdx-normalize graph --db g.sqlite --stats "$CASES/graph-records.ndjson" >twice.json
mdx-normalize graph --db once.sqlite --stats "$CASES/graph-records.ndjson" | cmp - twice.json && echo "as once"
echo '{"id":"a:1","type":"a"}' >lines.ndjson
interrupt lines.ndjson
