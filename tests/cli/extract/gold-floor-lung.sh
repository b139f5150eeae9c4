# The open half of lung-ct does not fall below the bars of the tool.
gold=$TOP/tests/data/extract/lung-ct.gold.ndjson
jq -c '{id, text}' "$gold" | mdx-extract -p lung-ct >pred.ndjson
mdx-extract eval --json "$gold" pred.ndjson |
	jq -c '[.accuracy >= .98, .f1 >= .98, .invented <= 2, .evidence >= .95]'
