# The same bytes whatever the number of workers.
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	jq -c '{id, text}' \
		"$TOP/tests/data/extract/thyroid-ablation.gold.ndjson"
done >in.ndjson
mdx-extract -j 1 -p thyroid-ablation in.ndjson >one.ndjson
mdx-extract -j 8 -p thyroid-ablation in.ndjson >eight.ndjson
cmp one.ndjson eight.ndjson && test -s one.ndjson && echo same
