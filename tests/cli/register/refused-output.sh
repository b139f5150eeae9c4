# A refusal has no answer: a file that --output names stays as it was.
. "$CASES/common"
echo '{"a":1}' | mdx-register put x --title X -k steward.pem >/dev/null
echo old >cert.json
mdx-register cert x -k office.pem -o cert.json; echo $?
cat cert.json
