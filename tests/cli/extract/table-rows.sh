# Tables of objects: a line of headings, a line an object; a row that has other
# cells is none.
said() {
	jq -cRs '{text: .}' | mdx-extract -p "$1" | jq -c '.indicators |
	    .nodule_count, (.lesion[] | map_values(select(. != null)))'
}
said lung-ct <<'END'
序号 | 部位 | 大小mm | 密度 | 边界 | 对比 | 分类
1 | 左肺下叶背段 | 7×5 | 部分实性（实性部分3） | 毛糙 | 增大（原5×4） | 4A类
2 | 右肺中叶内侧段 | 4×4 | 实性 | 光整 | 稳定 | 2类
余肺未见异常，直径3mm以下者不计。
END
said thyroid-us <<'END'
序号 部位 径线(mm) 成分 回声 边界 强回声灶 血供
1 左叶下极 12×9 囊实性 等回声 清晰 无 少量
2 右叶上极 7×6 实性 低回声 模糊 微钙化 无
END
said thyroid-ablation <<'END'
编号|部位|术前(mm)|方式|功率(W)|用时(s)|术后(mm)
1|左叶上极|9×7×6|微波|30|80|14×12×11
2|峡部|6×5×5|激光|4|110|10×9×8
END
