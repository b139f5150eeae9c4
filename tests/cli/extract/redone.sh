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
echo "--- another score, a gene, a protein that is there or lost, a grade"
run ihc.PD-L1_tps 'PD-L1（SP142）：IC 5%；CPS=10。病理。'
run ihc.ALK,ihc.ROS1 '病理：ALK融合阴性，ROS1融合阴性。'
run ihc.MLH1,ihc.PMS2 '病理：MLH1（存在）、PMS2（缺失）。'
run ihc.HER2 '病理：HER2：阴性（1+）。'
run pni,lvi '病理：脉管侵犯：有（静脉）；神经束侵犯：无。'
