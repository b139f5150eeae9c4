# What a statement is about where nothing beside it says so: the same node as
# last time, all nodules of which was just spoken, a first time against this
# one, what an earlier report opened, a reason, a condition, parts and totals.
said() {
	jq -cnR '[inputs | {text: .}][]' |
		mdx-extract -p "$1" | jq -c --arg k "$2" '.indicators |
		    [(.lesion[] | with_entries(select(.value != null))),
		    with_entries(select(.value != null and
			(.key | IN($k | splits(" ")))))] | map(select(. != {}))'
}
said thyroid-ablation 'outcome complication contrast_pre.used contrast_post.used' <<'END'
前次复查：右叶下极结节8×7×6mm。本次测值11×9×8mm，射频消融，功率30W，时间50s。
首次功率35W、时间90s，术后部分消融，本次峡部结节微波消融，功率20W，时间40s，消融彻底。
推荐参数：功率25-60W。本例右叶结节微波消融，实际功率30W，消融时间2min。
峡部结节9×7×6mm射频消融，消融时间①20s②30s③25s，合计75s。周边外扩3mm以上。
左叶结节12×10mm，三维12×10×9mm，微波消融。出现声音嘶哑、呛咳时应立即告知医师。
因对造影剂过敏，治疗前、治疗后均未造影。右叶上极结节行激光消融，不良反应：颈前皮肤瘀紫。
右叶结节（编号N1）10×9×8mm，左叶结节（编号N2）7×6×5mm，均微波消融。N1时间60s、N2时间35s。
左叶中部囊性结节，三径分别为30mm、25mm、20mm，抽液后无水乙醇硬化。囊腔塌陷，残余9×6×5mm。
END
said thyroid-us 'tirads' <<'END'
右叶上极9×8mm结节，左叶下极7×6mm结节，二者均呈低回声，边界清楚，形态规则。
甲状腺左叶见囊性结节，居下极，边界清。
END
jq -cnR '[inputs | {text: .}][]' <<'END' | mdx-extract -p lung-ct |
积液：双侧胸腔无；心包少量。右肺中叶数枚微小结节，直径均4mm以下。
右下叶背段实性结节 5mm 边缘毛刺 左上叶前段GGN 直径6mm 余(-) 纵隔LN(-) 建议年度复查 Lung-RADS 3
右肺上叶肿块（化疗前40×33mm），现25×20mm。左肺下叶结节8mm（2023年11月为6mm）。
参考：Fleischner指南。4A类需3个月复查，Lung-RADS 4A，本例未予分类。
END
	jq -c '.indicators | map_values(select(. != null and . != []))'
jq -cnR '[inputs | {text: .}][]' <<'END' | mdx-extract -p thyroid-ablation |
右叶结节激光消融。造影剂：声诺维，术后1.6ml。功率先3W后调至4W。余下10%因靠近神经未处理。
病灶1：左叶上极 9×8×7mm，射频 30W 70s。病灶2：峡部 6×5×5mm，射频 20W 45s。
END
	jq -c '.indicators | walk(if type == "object" then map_values(select(. != null)) else . end)'
