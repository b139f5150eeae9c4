# A night twice is a night once; what people and mdx-ask query is there.
mdx-normalize graph --db g.sqlite --stats "$CASES/graph-records.ndjson" >once.json
mdx-normalize graph --db g.sqlite --entities e.ndjson --relations r.ndjson.zst --report report.json "$CASES/graph-records.ndjson"
mdx-normalize graph --db g.sqlite --stats </dev/null | cmp - once.json && echo "counts are the same"
mdx-normalize graph "$CASES/graph-records.ndjson" >lines.ndjson
{ cat e.ndjson; zstd -dcq r.ndjson.zst; } | cmp - lines.ndjson && echo "lines are the same"
jq -c '[.in.records, .skipped, .normalize.taken]' report.json
sqlite3 g.sqlite 'PRAGMA user_version; PRAGMA integrity_check; SELECT count(*) FROM seen'
echo '--- the view'
sqlite3 g.sqlite "SELECT * FROM triple WHERE subject = 'visit:V1' AND predicate = 'has_diagnosis' ORDER BY object"
echo '--- a name without a scan'
sqlite3 g.sqlite "SELECT id, name FROM entity WHERE eid IN
    (SELECT eid FROM gram WHERE gram = '胃恶' INTERSECT SELECT eid FROM gram WHERE gram = '恶性')"
sqlite3 g.sqlite "SELECT e.id, a.text, a.source FROM alias a JOIN entity e USING (eid) WHERE a.text = '胃癌'"
echo '--- neighbours, by keys both ways'
sqlite3 g.sqlite "EXPLAIN QUERY PLAN SELECT * FROM triple WHERE object = 'x'
    UNION ALL SELECT * FROM triple WHERE subject = 'x'" | grep -c SCAN
sqlite3 g.sqlite "SELECT subject, count FROM triple WHERE object = 'atc:L01XA01' ORDER BY subject"
