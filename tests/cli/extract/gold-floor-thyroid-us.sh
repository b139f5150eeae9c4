# The open half of thyroid-us does not fall below the bars of the tool.
gold=$TOP/tests/data/extract/thyroid-us.gold.ndjson
jq -c '{id, text}' "$gold" | mdx-extract -p thyroid-us >pred.ndjson
mdx-extract eval --json "$gold" pred.ndjson |
	jq -c '[.accuracy >= .99, .f1 >= .98, .invented <= 2, .evidence >= .95]'
