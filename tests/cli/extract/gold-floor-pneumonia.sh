# The open half of severe-pneumonia, all its document types, does not fall
# below the bars of the tool.
for set in severe-pneumonia severe-pneumonia-notes; do
	gold=$TOP/tests/data/extract/$set.gold.ndjson
	for doc in $(jq -r .doc "$gold" | sort -u); do
		jq -c --arg d "$doc" 'select(.doc == $d)' "$gold" >gold.ndjson
		jq -c '{id, text}' gold.ndjson |
			mdx-extract -p severe-pneumonia --doc "$doc" >pred.ndjson
		mdx-extract eval --json gold.ndjson pred.ndjson |
			jq -c --arg d "$doc" '[$d, .accuracy >= .96, .f1 >= .95,
			    .invented == 0, .evidence >= .98]'
	done
done
