# A key of several members is one cell of a review file: a bar between, and a
# backslash before a bar or backslash of the members' own, so that no two keys
# fall together; the filled file finds its records again.
cat >in.ndjson <<'EOF'
{"a":"1|2","b":"3","_mdx":{"extract":[{"path":"fu_months","value":1,"engine":"hand","status":"uncertain"}]},"indicators":{"fu_months":1}}
{"a":"1","b":"2|3","_mdx":{"extract":[{"path":"fu_months","value":1,"engine":"hand","status":"uncertain"}]},"indicators":{"fu_months":1}}
{"a":"1\\","b":"3","_mdx":{"extract":[{"path":"fu_months","value":1,"engine":"hand","status":"uncertain"}]},"indicators":{"fu_months":1}}
EOF
mdx-extract review export --on a,b in.ndjson >review.csv
tail -n +2 review.csv | cut -d, -f1
awk -F, -v OFS=, 'NR > 1 { $11 = NR; $12 = "W" } { print }' review.csv >filled.csv
mdx-extract review apply --on a,b filled.csv in.ndjson |
    jq -c '[.a, .b, .indicators.fu_months]'
# One member alone stands as it is.
mdx-extract review export --on a in.ndjson | tail -n +2 | cut -d, -f1
