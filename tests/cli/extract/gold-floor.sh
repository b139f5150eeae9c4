# The open half of the gold set does not fall below the bars of the tool.
gold=$TOP/tests/data/extract/thyroid-ablation.gold.ndjson
jq -c '{id, text}' "$gold" | mdx-extract -p thyroid-ablation >pred.ndjson
mdx-extract eval --json "$gold" pred.ndjson |
	jq -c '[.accuracy >= .96, .f1 >= .96, .invented <= 10, .evidence >= .98]'
