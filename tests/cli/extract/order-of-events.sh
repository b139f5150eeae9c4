# What was injected before the energy and what behind it, where no heading says
# so: by the order of events, and not by that of the text where words tell it.
given='[."contrast_pre.used", ."contrast_pre.dose", ."contrast_post.used", ."contrast_post.dose"]'
size='[.lesion[] | [.pre_size, .post_size]]'
x() {
	jq -cn --arg t "$1" '{text: $t}' | mdx-extract -p thyroid-ablation |
		jq -c ".indicators | $2"
}
one='左叶中部结节12×10×9mm'
x "$one，微波消融，35W，120s。声诺维2.0ml造影，消融区无增强。" "$given"
x "$one，35W微波消融120s后推注声诺维1.2ml未见增强。" "$given"
x "常规消毒铺巾，静注声诺维1.5ml，$one，呈高增强。微波35W，120s。随后声诺维1.5ml，无增强。" "$given"
x "推声诺维1.2ml，$one。微波35W打了120秒。打完再推1.2ml。" "$given"
x "声诺维4.8ml（术前2.4ml+术后2.4ml）。$one，微波，35W，120s。" "$given"
x "$one，微波，35W，120s，造影剂用完未造影。" "$given"
x "$one，微波，35W，120s。术后因造影剂缺货未再造影。" "$given"
x "术前静推地塞米松5mg（1ml）。$one，微波，35W，120s。" "$given"
x "术后造影剂2ml。$one，微波，35W，120s。" "$size"
x "$one，患者不愿继续观察，行微波消融，35W，120s。右叶结节5×4mm，观察。" "$size"
