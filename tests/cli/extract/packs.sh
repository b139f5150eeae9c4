# Every shipped pack with a text of its own passes check and has at least three
# examples a document type; the ids that are fixed are there, all of them, each
# with its level, type, unit and codes (packs-fixed.csv).
for pack in thyroid-ablation lung-ct pathology echo severe-pneumonia thyroid-us tumour-imaging; do
	mdx-extract check -p $pack >summary || echo "$pack: $?"
	sed -n 's/: .* L2 indicators from text$//p' summary | tr '\n' ' '
	folder=$TOP/lib/share/packs/$pack
	jq -s -r 'group_by(.doc) | map(length) | [length, min >= 3] | @text' \
		"$folder/examples.ndjson"
done
python3 "$CASES/packs-fixed.py" "$CASES/packs-fixed.csv" "$TOP/lib/share/packs"
awk -F, '/^ihc\./ && !/_pct,|_tps,/' "$TOP/lib/share/packs/pathology/indicators.csv" | wc -l | awk '{ print ($1 >= 60) ? "60 markers or more" : $1 }'
