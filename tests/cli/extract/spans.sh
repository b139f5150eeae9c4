# text[span] is the quote, in full-width, scanned and many-membered texts, in
# code points; one line a record that tells the values too.
mdx-extract -p thyroid-ablation --doc thyroid_ablation <<'END' |
{"findings":"𠀀甲状腺右叶上极结节，大小约１．２×０．９×０．８ｃｍ，微波消融，功率３０Ｗ。","conclusion":"完全消融。"}
{"findings":"右 叶 上 极 结 节 大 小 约 1.2 x 0.9 x 0.8 cm ， 微 波 消 融 ， 功 率 30 W ， 频率 2 450 MHz"}
{"findings":"甲状腺右叶结节，大小约1.2x0.9x0.8cm，患者仰卧位，微波消\n融，功率30W","conclusion":"造影示部分消融"}
END
	jq -c '. as $r | [._mdx.extract[] | . as $e |
	    if .span == null then empty
	    elif ($r[$e.src[1:]] | .[$e.span[0]:$e.span[1]]) == $e.quote
	    then "\(.path) \(.quote)" else error("span of \(.path)") end]'
