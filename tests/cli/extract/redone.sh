# Of a stain that was done again with another result the share that was told
# with the former one is gone; one with the same result stays.  A gene's result
# stands behind the name of its test; a name that is a result shares none.
run() {
	printf '%s\n' "$2" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p pathology --only "$1" | jq -c .indicators
}
run ihc.ER,ihc.ER_pct,ihc.PR,ihc.PR_pct \
    '外院切片示ER（+，80%），PR（+，50%）。我院重做：ER（-），PR（+）。'
run mol.EGFR,mol.KRAS 'EGFR基因检测：21外显子L858R突变。KRAS基因检测待报。'
run mol.MSI,mol.KRAS,mol.BRAF 'MSI检测:MSS KRAS野生型 BRAF突变型'
