# A series that is silent for --idle is forgotten, its open alerts are closed;
# what has no time or number is counted and passed.
cat >rules.csv <<'END'
id,check,arg,message
GAP,gap,10s,无数据
END
awk 'BEGIN {
	print "{\"time\":\"2026-01-01 08:00:00\",\"bed\":\"1\",\"item\":\"HR\",\"value\":80}"
	for (i = 0; i < 200; i++)
		printf "{\"time\":\"2026-01-01 08:%02d:%02d.250\",\"bed\":\"2\",\"item\":\"HR\",\"value\":\"%d\"}\n",
		    i / 60, i % 60, i
	print "{\"time\":\"2026-01-01 08:03:40\",\"bed\":\"2\",\"item\":\"HR\",\"value\":null}"
	print "{\"time\":\"昨天\",\"bed\":\"2\",\"item\":\"HR\",\"value\":80}" }' >samples.ndjson
mdx-qc watch --rules-only -r rules.csv --idle 1m --report report.json samples.ndjson
jq -c .qc report.json
