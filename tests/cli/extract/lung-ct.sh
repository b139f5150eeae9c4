# How radiologists write of the lungs: the side once for all, sizes of earlier
# films by their dates, lists of what is denied, forms, and English.
x() {	# x TEXT FILTER
	jq -cn --arg t "$1" '{text: $t}' | mdx-extract -p lung-ct |
		jq -c ".indicators | $2"
}
where='[.lesion[] | [.lobe, .segment]]'
x '右肺：上叶前段结节7mm。下叶背段结节5mm。左肺：舌段结节4mm。' "$where"
x '左肺：
上叶结节5mm。
下叶结节6mm。' "$where"
x '右肺上叶、中叶及左肺下叶各见一枚结节。' "$where"
x '双肺：上叶见结节。' "$where"
x '右肺上叶结节5mm。下叶见结节，6mm。' "$where"
sizes='[.lesion[] | [.size, .prior_size]]'
x '左肺下叶结节8x6mm，2023年6mm。' "$sizes"
x '左肺下叶结节8mm，2023年1.1×0.9cm。' "$sizes"
x '左肺下叶结节：2023年7月5mm，2024年8月6mm，本次7mm。' "$sizes"
x '左肺下叶结节8mm（6mm，2024-06-01）。' "$sizes"
x '左肺下叶结节8mm，较前次（6×5mm，2025-07）增大。' "$sizes"
x '检查日期：2026-03-01。左肺下叶结节9mm。' "$sizes"
x '①右肺上叶结节5mm；②原右下叶背段6mm结节本次未见，已吸收消失。' "$sizes"
x '前片右肺中叶结节（5mm）此次已吸收。' '[.lesion[] | [.lobe, .change, .size, .prior_size]]'
x '两肺未见实变及结节影。' .nodule_count
x '双肺未见肺炎、肺气肿及结节。' '[.nodule_count, .emphysema]'
x '无结节、无肺气肿、无胸腔积液。' '[.nodule_count, .emphysema, .pleural_effusion]'
x '软件提示结节5枚，复核确认4枚。' .nodule_count
fluid='[.pleural_effusion, .pericardial_effusion]'
x '项目：胸腔积液　值：无
项目：心包积液　值：少量' "$fluid"
x '右侧胸腔积液消失，左侧仍有少量。' "$fluid"
x '胸膜增厚与少量积液鉴别困难。' "$fluid"
x 'Pleural effusion: none. Pericardium: trace effusion.' "$fluid"
parts='[.nodule_count, (.lesion[] | [.lobe, .size, .density])]'
x '双肺共2枚实性结节：右肺上叶6mm；左肺下叶4mm。' "$parts"
x '两肺磨玻璃结节2枚，分别位于右肺上叶（6mm）、左肺下叶（5mm）。' "$parts"
x '左肺上叶结节（恶性可能），15mm。' "$parts"
x '右肺中叶结节9mm；右肺上叶多发微小结节，均小于3mm。' "$parts"
x '双肺散在小结节，最大6mm，位于右肺中叶。' "$parts"
x '左肺下叶结节8mm，前片6mm，增大，边缘光整。' '[.lesion[] | [.size, .prior_size, .change, .margin]]'
x '右侧腋窝多发淋巴结肿大，纵隔未见肿大淋巴结。' .lymphadenopathy
