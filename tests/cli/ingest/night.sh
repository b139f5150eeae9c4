# The whole night: what came of each member, and each planted fault once.
cp "$TOP/tests/data/night/night.zip" .
mdx-ingest night.zip --rejects rejects.ndjson \
    --manifest manifest.ndjson --report report.json -o night.ndjson
status=$?
jq -c '[.member[-1] // "night.zip", .format, .encoding, .kind, .kinds, .records,
    .set_aside, .skipped, .complete]' manifest.ndjson
jq -c '[.error.code, .src.member[-1], .src.line]' rejects.ndjson
jq -c '[.in.records, .out.records, .set_aside, .skipped, .ingest]' report.json
exit $status
