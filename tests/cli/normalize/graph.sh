# Records become entities and relations, sorted by id; the same code twice in
# one record counts once; what gives nothing is a declared skip.
{
	cat "$CASES/graph-records.ndjson"
	head -n 1 "$CASES/graph-records.ndjson"
	echo '{"patient_id":"P9","x":1}'
} >in.ndjson
mdx-normalize graph -p thyroid-ablation --stats --report report.json in.ndjson
jq -c '[.in.records, .set_aside, .skipped, .normalize.taken]' report.json
