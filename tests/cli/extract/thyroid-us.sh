# How reports of the thyroid say which lobe, how many, in which order, and what
# is of the gland, of another organ, of a legend or of an earlier time.
x() {	# x FILTER TEXT
	jq -cn --arg t "$2" '{text: $t}' |
		mdx-extract -p thyroid-us | jq -c ".indicators | $1"
}
nodes='[.nodule_count, (.lesion[] | [.location, .size])]'
lobes='[.left_lobe, .right_lobe, .isthmus]'
x "$nodes" '甲状腺左右叶各见2枚结节，左叶大者位于下极，约8×6mm，右叶大者位于中部，约5×4mm。'
x .nodule_count '双侧叶各见1枚结节，峡部见1枚结节。'
x "$nodes" '结节数：左叶2个，右叶1个。左叶上极结节5×4mm，左叶下极结节9×8mm，右叶中部结节11×7mm。'
x "$nodes" '右叶长49mm，宽18mm，厚17mm；峡部厚2mm。实质回声欠均匀，内见数枚结节，较大者位于右叶中部，大小10×8mm。'
x "$nodes" '右叶多发小片状低回声，考虑炎性改变，非结节。左叶上极见5×4mm等回声结节。'
x "$nodes" '右叶结节，大小为长16mm、宽11mm、厚9mm，混合回声。'
x "$nodes" '右叶最大结节9mm，肝右叶见18mm高回声血管瘤。'
x "$lobes" '测值：右叶45×16×15，左叶44×15×14，峡部2.5mm。'
x "$lobes" '左叶 47*15*14mm 回声均匀，右叶最大12×10mm，峡部4类。'
x "$lobes" '左叶：4.8cm(上下)×1.6cm(左右)×1.5cm(前后)；右叶横径16mm，峡部厚9mm，实质内布满大小不等结节。'
x "$lobes" '甲状腺左、右叶大小分别为48×16×15mm、50×17×16mm。'
x .cervical_ln '颈部淋巴结末见肿大。'
x .cervical_ln '右侧Ⅲ区淋巴结一枚，长径11mm，形态正常。'
x .cervical_ln '右颈Ⅳ区可疑淋巴结，性质待查。'
x .tirads '右叶结节，请结合甲功，TI-RADS 3类。'
x .tirads '左叶结节，我院分类：4A（术前报4C类）。附：C-TIRADS分类标准：1类无结节；4C类高度可疑；5类高度提示恶性。'
x '[.lesion[].flow]' '右叶结节，血流Ⅱ级，内部及周边均可见；左叶结节，无血流。'
x '[.lesion[].flow]' '右叶结节，8×6mm，血流分布于内部。'
x '[.lesion[] | [.echo, .edge]]' '序号　部位　大小(mm)　回声　边缘
1　左叶上极　9×7×7　低　清
2　右叶下极　15×12×10　混合　不清'
x "$nodes" '右叶中部结节2枚，大者11×7mm，实性；小者3mm，囊性。'
x "$nodes" '2021年左叶结节5×4mm，2022年6×5mm，本次8×7mm。'
x "$nodes" '左叶下极后方见低回声结节14×8mm，符合左下甲状旁腺腺瘤。右侧腮腺下极见低回声结节12×9mm。'
x "$nodes" '患者体检发现甲状腺结节（外院TI-RADS 4A，右叶6×5mm），今预约彩超。'
x '[.lesion[] | [.size, .focus, .echo]]' '双叶实质回声不均，见散在片状低回声区，非结节，内见点状强回声。右叶结节 1 1×8mm。'
x .nodule_count '双侧甲状腺结节（左叶2枚，右叶1枚）。'
x .tirads '【TI-RADS】3-4A类。'
x "$lobes" '　上下径　左右径　前后径(mm)
右叶　48　17　16
左叶　46　18　15'
x '[.lesion[] | [.location, .size, .composition]]' '右叶上极见2个实性结节，①7×6mm，②4×3mm。'
x "$nodes" '结节1 位置：左叶中部 大小：6×5mm 边缘：光滑
结节2 位置：右叶上极 大小：10×9mm 边缘：毛刺'
x '[.lesion[] | .shape, .edge]' '左叶结节，6×5mm，纵横比略大于1，边界局部欠清。'
x "$lobes, $nodes" '甲状腺 L 4.9*1.6*1.5cm  R 5.1*1.9*1.7cm  峡 0.3cm
L下极 1.8*1.1*1.3cm 囊实性结节 边清
R叶见结节 R1 中部 0.6*0.4cm 囊性'
x "$nodes" '峡部：2mm
结节1
 位置：左叶上极
 大小：12mm×9mm×10mm
结节2
 位置：峡部
 大小：7mm×5mm'
x '[.lesion[] | [.location, .echo, .focus]]' '结节1｜右叶下极｜22×18mm｜低回声｜强回声：粗钙化'
x "$nodes" '左叶见多枚结节，最大19×12mm（中部）；右叶见1枚结节8×7mm。最大结节边界清。'
x "$nodes" '与2023-03-05比较：原右叶中部结节（彼时8×6mm）现大小11×8mm。目前仅见一枚。'
x .nodule_count '右叶片状低回声区，符合亚急性甲状腺炎。左叶未见结节。'
x "$lobes" '【右叶】51×19×17mm，见多发结节。【左叶】47×17×16mm。【峡部】3mm'
x "$lobes" '甲状腺：右46×15mm，左45×14mm，峡2mm，回声匀。'
x .tirads '右叶结节 TI-RADS 2类。附：TI-RADS分类 3类 恶性风险<5% 4类 5-85% 6类 病理证实。'
x "$nodes" '右颈淋巴结14×9mm，考虑转移。术前超声曾报右叶结节21×18mm。本次不作分类。'
