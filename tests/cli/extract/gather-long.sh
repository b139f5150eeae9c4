# A course that is longer than the longest record is set aside, each of its
# records; the others are written.
for i in 1 2 3 4; do
	echo "{\"patient_id\":\"P1\",\"text\":\"一二三四五六七八九十\",\"n\":$i}"
done >in.ndjson
echo '{"patient_id":"P2","text":"x"}' >>in.ndjson
mdx-extract gather --on patient_id --max-record 250 --rejects rej.ndjson \
	--report r.json in.ndjson | jq -c '[.patient_id, (.gathered.other | length)]'
jq -c '[.error.code, .src.line, (.raw | contains("P1"))]' rej.ndjson 2>/dev/null || head -1 rej.ndjson
jq -c '[[.in.records, .out.records, .set_aside], .extract]' r.json
