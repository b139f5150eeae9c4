# All values of a conflict are named, however many, each once; a record of many
# indicators costs its length (20,000 by 20,000 would take minutes).
for i in 1 2 3 4 5 6 7 8 9 10 11 12 3; do
	echo '{"patient_id":"1","time":"2024-01-01","indicators":{"gcs":'$i'},"_mdx":{"id":"r'$i'","kind":"note","extract":[{"path":"gcs","value":'$i',"src":"/text","span":[0,1],"quote":"'$i'","engine":"rule","status":"ok"}]}}'
done | mdx-extract gather --on patient_id |
    jq -c '.indicators, (._mdx.extract[] | [.claimed, (.more | length)])'
jq -nc '{patient_id: "1", indicators: ([range(20000) | {key: "a\(.)", value: .}] | from_entries),
    _mdx: {id: "x", extract: [range(20000) | {path: "a\(.)", value: ., engine: "rule", status: "ok"}]}}' >long.ndjson
timeout 20 mdx-extract gather --on patient_id long.ndjson |
    jq -c '[(.indicators | length), (._mdx.extract | length)]'
