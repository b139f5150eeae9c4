# Habits of reports of an ablation: places by side and pole alone, needles named
# by their make, volumes behind sizes, what is left alone or told of others.
x() {
	jq -cn --arg t "$1" '{text: $t}' | mdx-extract -p thyroid-ablation |
		jq -c ".indicators | $2"
}
lesion='[.lesion[] | [.location, .pre_size, .post_size]]'
x 'R-中下部结节7×6×5mm，MWA 25W 49s。' "$lesion"
x '结节（左中）7×6×5mm，微波30W 50s，强回声区12×11×10mm。' "$lesion"
x '左叶中部3个结节，最大14×10×9mm，微波消融35W，余结节较小，未消融。' "$lesion"
x '1号右叶上极8×6×6mm，2号右叶中部15×11×12mm。1号良性不处理，对2号行微波消融30W。' "$lesion"
x '微波35W照射60s。右叶病灶大小12×9×9mm；炭化区15×12×11mm。' "$lesion"
x '右叶结节62×44×40mm，57.1ml，射频60W。' '.lesion[0].pre_volume'
x '右叶结节12×9×8mm，平头石英光纤，激光3W，500s×2次。' '.lesion[0] | [.device, .time]'
x '左叶囊肿注入无水乙醇2ml；右叶结节水冷射频针40W，60s。' '[.lesion[] | [.method, .device]]'
x '近半年吞咽有异物感。右叶结节行射频消融，40W，术后诉颈部灼烧感。' .complication
x '左叶结节微波消融30W，结论：完全消融｜并发症：未见' .outcome
x '右叶结节射频40W消融，背侧有意保留。' .outcome
x '2022年于外院行右叶结节射频消融。现左叶结节微波消融，20W×80s。' '[.lesion[] | [.location, .time]]'
x '左叶结节12×9×8mm，初用微波针（20W），更换为射频针行射频消融，功率15W。' '[.lesion[] | [.method, .device, .power]]'
x '结节1：左叶；射频；功率25W；时间90s
结节2：右叶；射频；功率20W；时间70s' '[.lesion[] | [.location, .power, .time]]'
x '左叶结节8×7×6mm、右叶结节9×8×7mm，微波30W。造影均无灌注，大小14×12×11mm、15×13×12mm。' "$lesion"
x '右叶结节微波30W，血肿、声嘶、低钙：均无。' .complication
x '右叶结节长径3.1cm，前后2.0cm，横径2.4cm，微波30W。' "$lesion"
x '左叶上极7×6×6mm（25W，40s），左叶下极12×10×9mm（35W，90s），均为微波。' "$lesion"
x '甲状腺术后10年，残余左叶见9×7×6mm结节，微波30W 60s。' "$lesion"
x '左叶结节三径24/17/19mm，微波30W，时间：90s+60s=150s。' '.lesion[0] | [.pre_size, .time]'
x '【造影】术前拒绝造影；术后声诺维2.0ml。右叶结节微波30W。' '[."contrast_pre.used", ."contrast_post.dose"]'
x '右叶残余结节12×9×8mm（原结节24×19mm），微波30W，100s。' "$lesion"
x '外院超声右叶结节22×16×15mm，我院复测20×15×14mm，射频30W。' "$lesion"
x '左叶结节微波35W，3分。超声造影因患者过敏体质未用。' '[."contrast_pre.used", ."contrast_post.used"]'
x '左叶结节微波35W。术后造影拟次日进行。' '."contrast_post.used"'
x '术前颈部增强CT（碘海醇80ml）。左叶结节微波35W。' '[."contrast_pre.used", ."contrast_pre.dose"]'
x '左叶结节激光消融。光纤2根。造影示后缘残留6×4mm。' '.lesion[0] | [.device, .post_size]'
x '左叶结节microwave ablation，microwave antenna，30W。' '.lesion[0] | [.method, .device]'
x '左叶结节射频，原计划50W，因耐受差改用30W。术中心率减慢（迷走反射）。' '[.lesion[0].power, .complication]'
x '左叶结节微波35W。疼痛否认。同意书所列声嘶、出血等均未发生。' '.complication'
x '拟行微波消融。左叶结节12×9×8mm，功率35W，3分。' '[.lesion[] | [.method, .power]]'
x '拟行左叶结节微波消融，手术按计划完成：35W，3分。' '[.lesion[] | [.method, .power]]'
x '拟行左叶结节微波消融，今日完成术前检查，预计功率35W。' '.lesion'
x '术前声诺维1.5ml造影；左叶结节微波35W；术后同剂量造影。' '."contrast_post.dose"'
x '您2024年做过右叶结节射频消融，当时功率35W。今天左叶结节微波25W。' '[.lesion[] | [.location, .power]]'
x 'Lt lower pole nodule 10*8*7mm, MWA 30W；右（上极）9×8mm。' "$lesion"
