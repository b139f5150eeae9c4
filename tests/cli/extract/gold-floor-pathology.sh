# The open half of pathology does not fall below the bars of the tool.
gold=$TOP/tests/data/extract/pathology.gold.ndjson
jq -c '{id, text}' "$gold" | mdx-extract -p pathology >pred.ndjson
mdx-extract eval --json "$gold" pred.ndjson |
	jq -c '[.accuracy >= .99, .f1 >= .98, .invented <= 2, .evidence >= .95]'
