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
floor echo '' echo .99 .99 2
floor lung-ct '' lung-ct .975 .975 19
floor pathology '' pathology .99 .985 12
floor thyroid-us '' thyroid-us .965 .97 23
floor thyroid-ablation '' thyroid-ablation .98 .98 25
floor tumour-imaging '' tumour-imaging .945 .96 5
floor severe-pneumonia chest_ct severe-pneumonia .98 .975 2
floor severe-pneumonia-notes admission_note severe-pneumonia .99 .99 1
floor severe-pneumonia-notes progress_note severe-pneumonia .975 .97 28
floor severe-pneumonia-notes icu_note severe-pneumonia .98 .98 9
floor severe-pneumonia-notes microbiology severe-pneumonia .985 .985 3
