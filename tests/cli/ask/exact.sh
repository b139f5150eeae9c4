# An exact question is a substring: Latin inside Latin, over any border, decoded.
mdx-ask index -d ask.db "$CASES/records.ndjson" || exit
mdx-ask query --exact bA1 ask.db
for string in 痛 结节 大小约4.5cm 😀 'cm。设' '%，CA' 未见异常; do
	mdx-ask query --exact "$string" ask.db --count
done
printf '%s\n' '{"qid":"q1","query":"结节"}' '' '头痛' '{"qid":"q3"}' | mdx-ask query --exact --batch - ask.db --max-rejects 1 |
    jq -c '[.qid,.query,.rank,.score,._mdx.id,.path,.marks]'
