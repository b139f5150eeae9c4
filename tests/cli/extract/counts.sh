# A number that counts the objects of a group, or is stated, or left open; sums
# of ratios unless a total is told, in words too; a place and a second word tell
# objects apart; an earlier value has an indicator of its own.
lung() { mdx-extract -p lung-ct | jq -c '[.indicators | .nodule_count, (.lesion[] | [.lobe, .segment, .size, .prior_size, .change])]'; }
lung <<'END'
{"text":"右肺上叶尖段实性结节8×6mm；右肺上叶后段磨玻璃结节5×4mm；左肺下叶结节，直径4mm。"}
{"text":"两肺共见5枚结节，较大者位于右肺中叶，9×8mm，与前片比较均无变化。"}
{"text":"两肺多发结节，大者位于左肺下叶，7×6mm。"}
{"text":"左肺上叶结节由6×5mm增大至9×8mm。右肺下叶5mm结节已消失。"}
{"text":"右肺上叶结节9×8mm（前次7×7mm），边界清。肝内结节，12×10mm。"}
{"text":"双肺未见结节。"}
END
nodes() { mdx-extract -p pathology | jq -c '.indicators | [.["ln.pos"], .["ln.total"]]'; }
nodes <<'END'
{"text":"淋巴结：第1组0/3，第3组2/7，第4组1/6"}
{"text":"小弯侧4/9、大弯侧2/11，合计6/20"}
{"text":"腋窝淋巴结17枚中3枚转移"}
{"text":"中央区淋巴结5枚，均未见癌转移"}
{"text":"各组淋巴结均未见转移"}
END
