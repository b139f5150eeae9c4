# A failed report, a missing one, and one of other data make no version.
. "$CASES/common"
echo '{"a":1}' >d.ndjson
sum=$(sha256sum d.ndjson | cut -c 1-64)
put() { mdx-register put x d.ndjson --title X -k steward.pem --qc "$1" | jq -c '[.version, .new]'; }
echo '{"tool":"mdx-qc","status":3}' >failed.json
echo '{"tool":"mdx-qc","status":0,"out":{"records":1,"sha256":"'"$(printf 0%.0s $(seq 64))"'"}}' >other.json
echo '{"tool":"mdx-qc","status":0,"out":{"records":1,"sha256":"'"$sum"'"}}' >right.json
put failed.json
put none.json
put other.json
put right.json
