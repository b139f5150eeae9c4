# A vague count is no exact one: 数十枚 and 几枚 leave the count open, 两三枚 and
# 一至两枚 are ranges, 十余枚 has no upper end.
run() { # PACK WORDS
	printf '{"text":"%s见%s结节，较大者6x5mm。"}\n' "$2" "$3" |
	    mdx-extract -p "$1" --only nodule_count |
	    jq -r --arg w "$3" '"\($w)\t\(.indicators.nodule_count | tojson)"'
}
for n in 数十枚 几十个 几枚 百余枚 上百枚 十几枚 两三枚 一至两枚 十余枚 十二枚; do
	run thyroid-us 甲状腺右叶 $n
	run lung-ct 右肺上叶 $n
done
