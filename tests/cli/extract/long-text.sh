# A report of 240 KB without a full stop takes no more than its length costs.
awk 'BEGIN {
	printf "{\"text\":\""
	for (i = 0; i < 2800; i++)
		printf "甲状腺右叶结节大小约1.0x0.9x0.8cm微波消融功率30W未见异常 "
	print "\"}"
}' >in.ndjson
timeout 20 mdx-extract -p thyroid-ablation in.ndjson |
	jq -c '.indicators.lesion[0].method'
