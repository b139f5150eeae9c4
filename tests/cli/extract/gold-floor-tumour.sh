# The open half of tumour-imaging does not fall below the bars of the tool.
gold=$TOP/tests/data/extract/tumour-imaging.gold.ndjson
jq -c '{id, text}' "$gold" | mdx-extract -p tumour-imaging >pred.ndjson
mdx-extract eval --json "$gold" pred.ndjson |
	jq -c '[.accuracy >= .9, .f1 >= .93, .invented <= 2, .evidence >= .98]'
