# The night in an index: every record counted, the index whole, the power of an
# ablation answered with a span, and a second run that changes nothing.
printf %s 0123456789abcdef0123456789abcdef >key && chmod 600 key
mdx-ingest --exclude '*.csv.gz' --max-rejects 1% --rejects bad.ndjson "$TOP/tests/data/night/night.zip" |
    mdx-normalize --deid research --key key --max-rejects 1% --rejects bad2.ndjson -o deid.ndjson
mdx-ask index -d ask.db --report one.json deid.ndjson || exit
jq -c '.in.records == .ask.indexed + .set_aside and .set_aside == 0' one.json
mdx-ask index -d ask.db --report two.json deid.ndjson || exit
jq -c '.in.records == .skipped.unchanged' two.json
mdx-ask index -d ask.db --check && echo whole
mdx-ask query --exact --records --top 0 微波消融 -d ask.db | sort >found
grep 微波消融 deid.ndjson | sort | cmp - found && echo as grep
mdx-ask ask '设定功率是多少?' -d ask.db --no-log |
    jq -c '[.refused, (.citations | length > 0), all(.citations[]; .span[1] - .span[0] == (.quote | length))]'
