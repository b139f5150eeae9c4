# References that branch: what leads to the same is said once; where there are
# more rows than a rule file may hold, the schema is refused in no time.
doubled() {
	jq -nc --argjson n "$1" "{\"\$ref\": \"#/\$defs/a0\", \"\$defs\": (
	    [range(\$n) | {key: \"a\(.)\", value: ({\"\$ref\": \"#/\$defs/a\(. + 1)\"} | $2)}]
	    | from_entries | .[\"a\(\$n)\"] = {required: [\"z\"]})}"
}
doubled 20 '{allOf: [., .]}' >same.json
mdx-qc import schema same.json | jq -c '[.id, .field, .check]'
doubled 40 '{properties: {l: ., r: .}}' >apart.json
timeout 60 mdx-qc import schema apart.json
echo "status $?"
jq -nc '{allOf: [range(300) | {properties: {a: {minimum: .}}}]}' >often.json
mdx-qc import schema often.json | jq -r .id | sort -u | wc -l
