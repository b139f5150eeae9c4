# From put to certificate: every step signed, every wrong step refused.
. "$CASES/common"
printf '%s\n' '{"patient_id":"001","x":1,"_mdx":{"id":"a","kind":"lab"}}' '{"patient_id":"002"}' >d.ndjson
mdx-register put thyroid d.ndjson --title 甲状腺消融专病库 -k steward.pem | jq -c 'del(.stored)'
mdx-register submit thyroid -k steward.pem; echo "incomplete: $?"
describe thyroid
mdx-register approve thyroid -k office.pem; echo "not submitted: $?"
mdx-register submit thyroid -k steward.pem
mdx-register approve thyroid -k steward.pem; echo "wrong role: $?"
mdx-register cert thyroid -k office.pem; echo "not registered: $?"
mdx-register approve thyroid -k office.pem
mdx-register list
mdx-register show thyroid | jq -c '.card, [.history[].type]'
mdx-register cert thyroid -k office.pem -o cert.json --html cert.html
mdx-register verify --cert cert.json --log-key log.vkey
jq -r '.payload' cert.json | base64 -d | jq -c '[.no, .asset, .level, .statement]'
grep -c '<svg' cert.html
mdx-register verify
