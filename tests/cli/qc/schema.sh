# A JSON Schema as rules: each keyword that can fail is one, null and blank text
# are values, numbers compare exactly, and `_mdx` is no member of the record.
cat >in <<'ROWS'
{"id":"001","sex":"男","age":null,"fee":0.29}
{"id":"0001","sex":"","age":130.5,"diagnosis":[{"code":"E11"},{"code":"11"},{},{"code":""}],"_mdx":{"id":"a","kind":"x"}}
{"sex":"女","age":12.0,"diagnosis":[{"code":"E11","main":1},{"main":1.0,"code":"\u004511"}],"x":1}
{"id":"004","sex":"男","gravida":0,"fee":0.295}
{"id":"x","id":"005","sex":"男"}
ROWS
front=$CASES/front-page.schema.json
mdx-qc --rules-only --schema "$front" --fail-on never --summary whole -o out in
cat out
mdx-qc --rules-only --schema "$front" --fail-on never out | cmp - out && echo 'a second run changes nothing'
mdx-qc report --csv - --fail-on never whole
split -n l/2 in part.
for part in part.aa part.ab; do
	mdx-qc --rules-only --schema "$front" --no-output --fail-on never --summary $part.s $part
done
mdx-qc merge part.aa.s part.ab.s | tail -n +2 >merged
tail -n +2 whole | cmp - merged && echo 'shards add up'
mdx-qc --rules-only --schema "$front" -j 2 in >/dev/null
