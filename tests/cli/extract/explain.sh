# Every candidate, where it stands, and why it won or lost.
printf '上次检查功率99W。本次行右叶结节微波消融，功率30W，建议下次功率50W。' \
	>note.txt
mdx-extract explain -p thyroid-ablation --only lesion.power --plain note.txt
