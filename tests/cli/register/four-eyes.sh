# Whoever submitted an asset cannot approve it, even with the role.
. "$CASES/common"
mdx-register party steward --public steward.pub --roles steward,office -k it.pem >/dev/null
echo '{"a":1}' | mdx-register put x --title X -k steward.pem >/dev/null
describe x
mdx-register submit x -k steward.pem >/dev/null
mdx-register approve x -k steward.pem --report r.json
status=$?
jq -c '[.status, .error.code]' r.json
exit $status
