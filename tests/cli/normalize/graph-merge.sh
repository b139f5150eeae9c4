# Graphs of shards, merged, are the graph of the whole; lines of other graphs
# load the same way.
head -n 3 "$CASES/graph-records.ndjson" >1.ndjson
tail -n +4 "$CASES/graph-records.ndjson" >2.ndjson
printf '%s\n' '{"subject":"patient:P1","predicate":"knows","object":"person:7","source":"own","count":2,"first":"2018年1月2日"}' \
    '{"id":"person:8","type":"person","name":"a \"b\"","aliases":["c","d"],"count":3,"more":1}' >own.ndjson
mdx-normalize graph 1.ndjson own.ndjson >g1.ndjson
mdx-normalize graph 2.ndjson >g2.ndjson
mdx-normalize graph 1.ndjson 2.ndjson own.ndjson >whole.ndjson
mdx-normalize graph g1.ndjson g2.ndjson | cmp - whole.ndjson && echo "in order"
mdx-normalize graph g2.ndjson g1.ndjson | cmp - whole.ndjson && echo "in any order"
mdx-normalize graph --db g.sqlite g2.ndjson && mdx-normalize graph --db g.sqlite g1.ndjson &&
    mdx-normalize graph --db g.sqlite --entities e --relations r </dev/null &&
    cat e r | cmp - whole.ndjson && echo "one after the other"
grep person whole.ndjson
echo '--- without patients'
mdx-normalize graph --patients none --report report.json g1.ndjson g2.ndjson >none.ndjson
grep -cE 'patient:|visit:' none.ndjson
jq -c '[.in.records, .skipped, .normalize.taken]' report.json
mdx-normalize graph --patients none 1.ndjson 2.ndjson own.ndjson --entities records.e --relations r
head -n 6 records.e
echo '--- lines that are none'
mdx-normalize graph --db g.sqlite --rejects rejects.ndjson <<'BAD'
{"subject":"a:1","predicate":"p","_mdx":{"kind":"relation"}}
{"subject":"a:1","predicate":"p","object":"a:2","count":-1}
{"subject":"a:1","predicate":"p","object":"a:2","count":1.5}
{"subject":"a:1","predicate":"p","object":"a:2","first":"sometime"}
{"id":"a:1","type":"a","aliases":"b"}
{"id":"a:1","type":"a","aliases":[1]}
{"id":"","type":"a"}
{"patient_id":"1","diagnosis_codes":[{"code":"A","system":"s"},{"code":"C16.900"}]}
BAD
echo "status $?"
jq -c .error rejects.ndjson
sqlite3 g.sqlite "SELECT count(*) FROM entity WHERE id LIKE 'a:%' OR id LIKE 's:%'"
