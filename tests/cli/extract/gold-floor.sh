# No open set falls below its floor: field accuracy, F1, invented values.
# `make eval` watches smaller falls; this stops a change that breaks a pack.
floor() {
	gold=$TOP/tests/data/extract/$1.gold.ndjson
	jq -c --arg d "$2" 'select((.doc // "") == $d)' "$gold" >gold.ndjson
	jq -c '{id, text}' gold.ndjson |
		mdx-extract -p "$3" ${2:+--doc "$2"} >pred.ndjson
	mdx-extract eval --json gold.ndjson pred.ndjson |
		jq -c --arg n "$1 $2" --argjson a "$4" --argjson f "$5" \
		    --argjson i "$6" '[$n, .accuracy >= $a, .f1 >= $f,
		    .invented <= $i, .evidence >= .95]'
}
floor echo '' echo .99 .985 10
floor lung-ct '' lung-ct .99 .99 7
floor pathology '' pathology .99 .99 7
floor thyroid-us '' thyroid-us .99 .99 4
floor thyroid-ablation '' thyroid-ablation .985 .985 23
floor tumour-imaging '' tumour-imaging .99 .99 2
floor severe-pneumonia chest_ct severe-pneumonia .98 .975 3
floor severe-pneumonia-notes admission_note severe-pneumonia .985 .985 4
floor severe-pneumonia-notes progress_note severe-pneumonia .99 .99 12
floor severe-pneumonia-notes icu_note severe-pneumonia .99 .99 6
floor severe-pneumonia-notes microbiology severe-pneumonia .99 .99 1
