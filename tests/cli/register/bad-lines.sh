# A line that is no record makes no version unless it is allowed.
. "$CASES/common"
printf '{"a":1}\n{bad\n' >d.ndjson
mdx-register put x d.ndjson --title X -k steward.pem --rejects bad.ndjson
echo $?
mdx-register put x d.ndjson --title X -k steward.pem --rejects bad.ndjson --max-rejects 1 | jq -c '[.rows, .set_aside]'
jq -r .raw bad.ndjson
