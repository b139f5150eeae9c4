# Habits of reports of a chest CT, for nodules and for pneumonia: sides told
# apart behind both, lists of places with their sizes, one more in the same
# lobe, forms that name no nodule, answers for a list, legends of Lung-RADS.
x() {
	jq -cn --arg t "$1" '{text: $t}' | mdx-extract -p lung-ct |
		jq -c ".indicators | $2"
}
sizes='[.nodule_count, (.lesion[] | [.lobe, .segment, .size])]'
x '两肺上叶：右7mm，左5mm结节，均为实性。' "$sizes"
x '双下肺各见一结节，右侧者10×8mm，左侧者6×5mm。' "$sizes"
x '右肺三叶各见一枚实性结节，上叶6mm，中叶4mm，下叶7mm。' "$sizes"
x '右肺上叶3mm、右肺中叶4mm、左肺下叶6mm实性结节。' "$sizes"
x '双肺结节较前均无明显变化：右上叶前段5mm，左下叶背段4mm。' "$sizes"
x '左叶43×16mm，右叶45×17mm。右肺上叶结节5mm。' "$sizes"
x '右肺上叶尖段结节8mm，右肺上叶另见一枚5mm结节。' "$sizes"
x '右肺上叶尖段结节8mm，其旁另见索条影，长约15mm。' "$sizes"
x '部位：右肺下叶外基底段
大小：9×7mm' "$sizes"
x '右肺中央型肺癌，右肺上叶肿块45×40mm。' "$sizes"
x '双肺未见明显占位及实变。' .nodule_count
x '双肺原有7枚结节，本次见6枚。' .nodule_count
fluid='[.pleural_effusion, .pericardial_effusion]'
x '胸水、心包积液均无。' "$fluid"
x '胸水及心包积液无。' "$fluid"
x '心包及双侧胸膜腔未见积液。' "$fluid"
x '左侧胸水消失。' "$fluid"
x '注：Lung-RADS 4A：实性≥8mm；4B：实性≥15mm。' .lung_rads
x '参考：Lung-RADS 2类：纯GGN<30mm。本例：3类。' .lung_rads
x '于右肺下叶背段、左肺上叶舌段各见一结节灶，前者约10×8mm，后者约5mm。' '[.lesion[] | [.size, .prior_size]]'
x '双侧腋窝及纵隔、肺门未见肿大淋巴结。' .lymphadenopathy
x '双侧腋窝未见肿大淋巴结。' .lymphadenopathy
x '左肺下叶结节较2年前（8mm）无明显变化，边界清楚，大小8mm。' '[.lesion[] | [.size, .prior_size, .margin]]'
x '右侧胸腔积液引流术后，积液消失。' "$fluid"
x '附：Lung-RADS 3类—6个月复查；4A类—3个月复查。本次评估：2类。' .lung_rads
y() {
	jq -cn --arg t "$1" '{text: $t}' |
		mdx-extract -p severe-pneumonia --doc chest_ct |
		jq -c '.indicators | [.consolidation, .ground_glass, .pleural_effusion, .lobes]'
}
y '双肺下叶磨玻璃影已演变为实变。'
y '左肺下叶肺炎，较前（3-02）进展。'
y '临床提示：左侧大量胸腔积液。CT：左侧胸腔未见残余积液。'
y '病变范围：入院时5个肺叶，本次3个肺叶，渗出减少。'
y '原报告右肺中叶实变；左肺下叶实变。'
x '（1）右肺上叶磨玻璃结节；（2）右肺中叶实性结节；（3）左肺下叶陈旧钙化灶。' "$sizes"
x '复查胸部CT（前次：2024-02-18）：原右肺中叶结节由9mm缩小至5mm，边缘清楚。' '[.lesion[] | [.size, .prior_size, .margin]]'
x '右肺下叶见空洞性病灶，3.8cm×3.1cm，考虑包虫囊肿破裂。' "$sizes"
x '右肺下叶背段结节距胸膜约8mm，大小约10mm。' "$sizes"
x '左肺上叶结节约1.3乘1.1厘米。' "$sizes"
x '双侧胸腔积液较前吸收，左侧基本消失，右侧少量。' "$fluid"
