# Every candidate, where it stands, and why it won or lost.
printf '上次检查功率99W。本次行右叶结节微波消融，功率30W，建议下次功率50W。' \
	>note.txt
mdx-extract explain -p thyroid-ablation --only lesion.power --plain note.txt
echo '{"text":"动态心电图：室性早搏12次。"}' | mdx-extract explain -p echo --only rhythm
mdx-extract explain -p echo --only la --corrections none.csv note.txt
echo "exit $?"
