# An output that cannot be written is status 4 and says which; the report too.
echo '{"a":1}' >in
mdx-normalize in --report r.json >/dev/full; echo $?
jq -c '[.status, .error.code, .error.message]' r.json
mdx-normalize in -o /dev/full; echo $?
mdx-normalize in -o no/out; echo $?
mdx-normalize in -o out --report no/report; echo $?
mdx-normalize '{"' in -o out --rejects no/rejects; echo $?
echo '{' | mdx-normalize --rejects /dev/full; echo $?
ls
