# The same data again is no new version and no entry; other data are.
. "$CASES/common"
put() { mdx-register put x --title X -k steward.pem | jq -c '[.version, .new, .rows]'; }
echo '{"a":1}' | put
echo '{"a":1}' | put
echo '{"a":2}' | put
mdx-register log | jq -r '.event.type' | sort | uniq -c | tr -s ' '
