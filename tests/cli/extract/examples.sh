# The examples of the shipped packs, at least three a document type, come out as
# they say, without a model.
for pack in echo lung-ct pathology severe-pneumonia thyroid-ablation thyroid-us tumour-imaging; do
	mdx-extract check -p "$pack" | grep 'from text$' >types
	echo "$pack"
	while IFS=: read -r doc rest; do
		jq -cn --arg d "$doc" '[inputs | select(.document == $d)] |
		    to_entries[] | {id: "\(.key)"} + .value' \
			"$MDX_SHARE/packs/$pack/examples.ndjson" >gold.ndjson
		[ "$(wc -l <gold.ndjson)" -ge 3 ] || echo "$doc: few"
		jq -c '{id, text}' gold.ndjson |
			mdx-extract -p "$pack" --doc "$doc" >pred.ndjson
		mdx-extract eval --json gold.ndjson pred.ndjson |
			jq -c --arg d "$doc" '[$d, .whole]'
	done <types
done
