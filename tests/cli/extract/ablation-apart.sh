# Values of several lesions told apart by labels or by places in brackets; how
# long it took, by clocks and in characters.
x() {
	jq -cn --arg t "$1" '{text: $t}' | mdx-extract -p thyroid-ablation |
		jq -c ".indicators.lesion[] | [.location, $2]"
}
two='结节A：右叶上极，14×9×8mm；结节B：左叶下极，8×6×5mm。微波消融，'
x "${two}功率A 45W/B 25W，时间A 5分10秒/B 2分。" '.power, .time'
x "${two}功率45W（结节A）、25W（结节B）。" '.power'
x '结节1左叶12×10×9mm，结节2右叶7×6×6mm。射频，功率①40W②30W，①、②均完全消融。' '.power'
x '左叶12×10×9mm、右叶7×6×6mm，微波，功率40W（左）/30W（右）。' '.power'
x '右叶：18×14×12mm（中部）、9×7×6mm（下极），均行微波消融。' '.pre_size'
for time in '2m30s' '时间：00:03:25' '用时03:25' '用时五分三十秒' \
	'时间一百二十秒' '消融3分又20秒' '时间08:30'; do
	x "左叶结节，射频三十五瓦，$time。" '.power, .time'
done
x '右叶结节，长径十七毫米，十七乘十二乘一点五毫米，微波。' '.pre_size'
# A part of a time is no total; nor is what was told of years.
x '右叶结节射频40W，首轮消融2分，第2次后退消融40秒。' '.time'
x '右叶结节射频40W，第一段60s，第二段80s，共140s。' '.time'
x '左叶消融术后2年，见瘢痕。右叶结节射频40W，冷却5min×2循环。' '.time'
