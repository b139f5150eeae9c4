# Every shipped pack with a text of its own passes check, has at least three
# examples a document type whose answers name its indicators, and the ids that
# are fixed are there with their types.
for pack in thyroid-ablation lung-ct pathology echo severe-pneumonia thyroid-us tumour-imaging; do
	mdx-extract check -p $pack >summary || echo "$pack: $?"
	sed -n 's/: .* L2 indicators from text$//p' summary | tr '\n' ' '
	folder=$TOP/lib/share/packs/$pack
	jq -s -r 'group_by(.doc) | map(length) | [length, min >= 3] | @text' \
		"$folder/examples.ndjson"
done
has() { # PACK TYPE ID...
	pack=$1 type=$2
	shift 2
	for id; do
		python3 - "$TOP/lib/share/packs/$pack/indicators.csv" "$id" "$type" <<'END'
import csv, sys
path, id, want = sys.argv[1:]
rows = {r["id"]: r for r in csv.DictReader(open(path, encoding="utf-8"))}
if id not in rows or rows[id]["type"] + " " + rows[id]["unit"] != want:
    print("missing or otherwise:", path.split("/")[-2], id, rows.get(id, {}).get("type"), rows.get(id, {}).get("unit"))
END
	done
}
has thyroid-ablation 'dims mm' lesion.pre_size lesion.post_size lesion.fu_size
has thyroid-ablation 'number W' lesion.power
has thyroid-ablation 'number MHz' lesion.frequency
has thyroid-ablation 'duration s' lesion.time
has lung-ct 'integer ' nodule_count
has lung-ct 'dims mm' lesion.size lesion.solid_size lesion.prior_size
has lung-ct 'code ' lesion.lobe lesion.density lesion.change lung_rads
has lung-ct 'bool ' lymphadenopathy pleural_effusion pericardial_effusion emphysema
has pathology 'text ' histology histology_subtype depth
has pathology 'code ' grade margin lauren pt pn pm
has pathology 'integer ' foci ln.pos ln.total
has pathology 'mark ' ihc.ER ihc.PR ihc.AR ihc.TTF-1 ihc.ALK ihc.HER2 mol.BRAF mol.EGFR mol.MSI
has pathology 'percent %' ihc.Ki67 ihc.PD-L1_tps ihc.ER_pct
has echo 'percent %' lvef fs
has echo 'number mm' lvedd lvesd la ra rv ao ivs lvpw
has echo 'number ml' lvedv lvesv
has echo 'code ' mr tr ar pr rhythm
has severe-pneumonia 'number mmol/L' urea lactate
has severe-pneumonia 'number umol/L' creatinine bilirubin
has severe-pneumonia 'integer ' curb65 sofa gcs lobes
has severe-pneumonia 'bool ' severe death_28d confusion vasopressor
has thyroid-us 'dims mm' lesion.size isthmus left_lobe right_lobe
has thyroid-us 'code ' lesion.composition lesion.echo lesion.shape lesion.edge lesion.focus lesion.flow tirads
has tumour-imaging 'text ' primary.site metastasis.site
has tumour-imaging 'dims mm' primary.size
awk -F, '/^ihc\./ && !/_pct,|_tps,/' "$TOP/lib/share/packs/pathology/indicators.csv" | wc -l | awk '{ print ($1 >= 60) ? "60 markers or more" : $1 }'
