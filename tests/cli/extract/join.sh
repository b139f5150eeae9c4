# L4 from CSV and from NDJSON: by key as a string, the latest date wins, equal
# dates that differ are a conflict, an empty cell says nothing.
cat >fu.csv <<'END'
patient_id,随访日期,结节序号,随访结节大小,fu_months
007,2024-06-01,1,10x9x8,3
007,2024-12-01,1,6x5x5,9
008,2024-06-01,1,0.7×0.6×0.5cm,
009,2024-06-01,1,7x6x5,6
009,2024-06-01,1,7x6x5,7
7,2025-01-01,1,1x1x1,99
END
printf '%s\n' '{"patient_id":"010","fu_months":12}' >fu.ndjson
for id in 007 008 009 010 011; do
	printf '{"patient_id":"%s","text":"右叶结节微波消融"}\n' $id
done | mdx-extract -p thyroid-ablation --level L4 --join fu.csv \
	--join fu.ndjson | jq -c '[.patient_id, .indicators,
	    [._mdx.extract[]? | [.path, .src, .engine, .status]]]'
