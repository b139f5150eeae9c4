# What is no graph, or a newer one, stays as it is; misuse is one line.
run() {
	"$@"
	echo "status $?"
}
echo 'no database' >text
cp text before
run mdx-normalize graph --db text "$CASES/graph-records.ndjson"
cmp text before
sqlite3 other.sqlite 'CREATE TABLE t (x); PRAGMA user_version = 1'
cp other.sqlite before
run mdx-normalize graph --db other.sqlite "$CASES/graph-records.ndjson"
cmp other.sqlite before
mdx-normalize graph --db newer.sqlite </dev/null
sqlite3 newer.sqlite 'PRAGMA user_version = 2'
cp newer.sqlite before
run mdx-normalize graph --db newer.sqlite "$CASES/graph-records.ndjson"
cmp newer.sqlite before
run mdx-normalize graph --db no-folder/g.sqlite </dev/null
run mdx-normalize graph --patients some </dev/null
run mdx-normalize graph --db g.sqlite -o out </dev/null
run mdx-normalize graph --db g.sqlite --entities g.sqlite </dev/null
run mdx-normalize graph --entities same --relations same </dev/null
mkdir pack
head -n 1 "$MDX_SHARE/packs/thyroid-ablation/indicators.csv" >pack/indicators.csv
printf 'kind,member,type\n' >pack/graph.csv
run mdx-normalize graph -p ./pack </dev/null
echo '--- an input that cannot be read: of lines nothing is kept, of records all'
printf '%s\n' '{"id":"a:1","type":"a"}' >lines.ndjson
run mdx-normalize graph --db g.sqlite lines.ndjson missing.ndjson
sqlite3 g.sqlite 'SELECT count(*) FROM entity'
run mdx-normalize graph --db g.sqlite "$CASES/graph-records.ndjson" missing.ndjson
sqlite3 g.sqlite 'SELECT count(*) > 0 FROM entity'
