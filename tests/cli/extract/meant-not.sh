# What is not meant: places where something was cut out, questions, lists of
# diagnoses, what lies near, glands beside their nodules, what has gone by now,
# earlier sizes by their dates; and the words that a finding takes in.
said() {
	jq -cnR '[inputs | {text: .}][]' | mdx-extract -p "$1" |
		jq -c '.indicators | walk(if type == "object" then map_values(select(. != null and . != [])) else . end)'
}
said lung-ct <<'END'
左肺下叶切除术后。右肺中叶外侧段见实性结节6mm，边缘光整。
了解有无胸腔积液，排查肺气肿。
右肺上叶结节性质：①考虑错构瘤；②炎性肉芽肿待排。大小9×8mm。
左肺上叶前段结节7mm，2023年5月片为5mm，2024年11月片为6mm。
既往左侧胸腔积液，本次检查已吸收。心包脂肪垫，不是积液。
1) 右上肺尖段磨玻璃结节6mm；2) 左下肺背段实性结节5mm。
建议年度随访，Lung-RADS 2类。
END
said thyroid-us <<'END'
右叶下极实性结节，距气管4mm，大小8×7mm，低回声，边界清。
左叶上极低回声结节7×6mm，内部未见钙化，微钙化（-），血流位于周边。
右叶6×5mm低回声区，考虑炎性改变，非结节。左叶长径45mm，宽16mm，厚14mm。
左叶见2个结节。其一位于上极，囊性，5×4mm；其二位于下极，实性，9×8mm。
右叶中部结节与左叶下极结节均为低回声。右侧10×9mm，形态不规则；左侧6×5mm，形态规则。
END
said thyroid-ablation <<'END'
右叶结节射频消融，第一点30秒，第二点25秒，第三点40秒。出现颈前区轻度肿胀。
左叶结节微波消融，约三分之二气化，用时100秒。术中声诺维加盐水稀释备用。
END
said thyroid-ablation <<'END'
左叶结节射频消融，功率30W，共历时4分半钟。声诺维术前、术后各用1.2ml。疗效：完全。
拟行右叶结节消融，患者签字。实际操作：微波，功率25W，时间70秒。
乳腺结节微波消融，左乳结节15×12×10mm，功率35W，时间3min。
END
said lung-ct <<'END'
右肺中叶见团块状软组织密度影，大小45×38mm，边缘毛糙。左侧胸腔积液，较前新出现。
右肺下叶9mm结节已缩小至5mm。左肺上叶结节术后，余肺未见结节。
END
said thyroid-us <<'END'
甲状腺多发结节：①左叶上极8×7mm，实性；②右叶下极6×5mm，囊性。
双侧甲状腺结节，右侧一枚，8×6mm；左侧一枚，10×7mm，内部及周边可见血流。
END
