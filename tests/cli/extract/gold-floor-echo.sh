# The open half of echo does not fall below the bars of the tool.
gold=$TOP/tests/data/extract/echo.gold.ndjson
jq -c '{id, text}' "$gold" | mdx-extract -p echo >pred.ndjson
mdx-extract eval --json "$gold" pred.ndjson |
	jq -c '[.accuracy >= .99, .f1 >= .99, .invented <= 2, .evidence >= .98]'
