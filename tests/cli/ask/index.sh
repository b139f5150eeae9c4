# What may not be in an index is set aside with its code; a second run changes nothing.
cat "$CASES/records.ndjson" - >in.ndjson <<'END'
{"text":"电话１３８００１３８０００","_mdx":{"id":"b1","deid":{}}}
{"text":"身份证110199199003070017","_mdx":{"id":"b2","deid":{}}}
{"text":"没有去标识","_mdx":{"id":"b3"}}
{"text":"没有编号","_mdx":{"deid":{}}}
{"n":5,"_mdx":{"id":"b5","deid":{}}}
{"text":
END
mdx-ask index -d ask.db --rejects bad.ndjson --report one.json in.ndjson
status=$?
jq -c '[.src.line,.error.code]' bad.ndjson
jq -c '[.in.records,.set_aside,.skipped,.ask]' one.json
mdx-ask index -d ask.db --max-rejects 9 --rejects bad.ndjson --report two.json in.ndjson || exit
jq -c '[.in.records,.set_aside,.skipped,.ask]' two.json
sed -i '2s/头痛/眩晕/' in.ndjson
mdx-ask index -d ask.db --max-rejects 9 --rejects bad.ndjson --report three.json in.ndjson || exit
jq -c '[.in.records,.set_aside,.skipped,.ask]' three.json
mdx-ask query 眩晕 -d ask.db --count
mdx-ask index -d ask.db --check || exit
mdx-ask index -d ask.db --stats
exit $status
