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
x .cervical_ln '颈部淋巴结末见肿大。'
x .tirads '右叶结节，请结合甲功，TI-RADS 3类。'
x '[.lesion[].flow]' '右叶结节，8×6mm，血流分布于内部。'
x '[.lesion[] | [.echo, .edge]]' '序号　部位　大小(mm)　回声　边缘
1　左叶上极　9×7×7　低　清
2　右叶下极　15×12×10　混合　不清'
