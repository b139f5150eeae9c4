# What is doubted, denied behind or gone is no yes: 除外 doubts what it follows and
# what follows it, and is no place of its own; 不明显 and 未显示 deny; what has not
# gone altogether is there.
run() { # PACK ID,... TEXT
	printf '{"text":"%s"}\n' "$3" |
	    mdx-extract -p "$1" --only "$2" | jq -c .indicators
}
lung() { run lung-ct pleural_effusion,emphysema "$1"; }
lung '肺气肿待除外。胸腔积液不能除外。'
lung '除外肺气肿。胸腔积液未能明确。'
lung '肺气肿不明确；双侧胸腔积液较前消失。'
lung '肺气肿征象不明显。左侧胸腔积液已吸收。'
lung '肺气肿未显示；胸腔积液未完全吸收。'
lung '肺气肿变化不明显，胸腔积液部分吸收。'
run lung-ct nodule_count,lesion.change '右肺上叶结节较前消失。'
run echo pericardial_effusion '心包积液未除外。'
run echo pericardial_effusion '心包积液不明显。'
run thyroid-us cervical_ln '颈部淋巴结转移不能除外。'
run thyroid-us cervical_ln '双侧颈部淋巴结肿大不明显。'
run pathology pni,lvi '神经侵犯不明确，脉管癌栓未除外。'
run pathology pni,lvi '神经侵犯不明显，脉管癌栓除外。'
run tumour-imaging primary.site '除外肝癌。'
run tumour-imaging primary.site '右乳外上象限癌。'
