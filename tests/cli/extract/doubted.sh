# What is only thought to be an object of a group is none, but stands in the
# account: a reviewer confirms it, and it is one, also when the tool runs again.
for text in '左肺上叶肺癌？' '考虑膀胱左侧壁膀胱癌。肝转移可能。' \
	'右肺上叶肺癌。肝转移待排。' '双肺未见转移。'; do
	printf '%s\n' "$text" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p tumour-imaging |
	    jq -c '.indicators, [._mdx.extract[]? | [.path, .status, .claimed]]'
done
echo "--- reviewed"
echo '{"text":"左肺上叶肺癌？","_mdx":{"id":"k1"}}' |
    mdx-extract -p tumour-imaging >one.ndjson
mdx-extract review export -p tumour-imaging one.ndjson >review.csv
for word in = -; do
	sed "2s/,,,\$/,$word,wang,/" review.csv >filled.csv
	mdx-extract review apply filled.csv one.ndjson >two.ndjson
	jq -c '.indicators, [._mdx.extract[] | [.path, .value, .engine]]' two.ndjson
	mdx-extract -p tumour-imaging two.ndjson | jq -c .indicators
done
