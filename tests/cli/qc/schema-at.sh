# A schema for the value at a place; formats that assert; a schema as the check
# of a row; rows that override what a keyword counts for.
cat >in <<'ROWS'
{"id":1,"visits":[{"day":"2024-02-30"},{"day":null},{}]}
{"id":2,"visits":[{"day":"2024-02-29"}]}
{"id":3}
{"id":4,"visits":[]}
ROWS
cat >visit.json <<'JSON'
{"type":"object","required":["day"],"properties":{"day":{"type":"string","format":"date"}}}
JSON
mdx-qc --rules-only --schema visit.json --schema-at 'visits[]' --fail-on never in
echo 'and formats assert'
mdx-qc --rules-only --schema visit.json --schema-at 'visits[]' --schema-formats --fail-on never in
cat >r.csv <<'ROWS'
id,field,check,arg,when,missing,message
WHOLE,,schema,@record.json,,,记录结构不符
LIST,visits,schema,@list.json,"id in [1,3]",fail,就诊列表不符
EACH,visits[],模式,@visit.json formats,,,就诊不符
ROWS
echo '{"properties":{"id":{"maximum":3}}}' >record.json
echo '{"minItems":1,"items":{"minProperties":1}}' >list.json
echo 'as rows'
mdx-qc --rules-only -r r.csv --fail-on never in
cat >o.csv <<'ROWS'
id,check,on,severity,points,message
schema:/required,,,warn,5,缺少就诊日期
schema:/properties/day/type,,0,,,
ROWS
echo 'overridden'
mdx-qc --rules-only --schema visit.json --schema-at 'visits[]' -r o.csv --fail-on never in
cat >cases <<'ROWS'
{"case":"no day","record":{"visits":[{}]},"expect":["schema:/required"]}
{"case":"no object","record":{"visits":[7]},"expect":["schema:/type"]}
ROWS
mdx-qc test --rules-only --schema visit.json --schema-at 'visits[]' cases
