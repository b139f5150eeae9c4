# The rules written by hand in core, front-page and icu: lint finds nothing, each
# has a Chinese message, a reason, a keeper, a good and a bad case, and a bad
# record fails these rules and no other, the generated ones included.
data=$TOP/tests/data/qc
mdx-qc lint -p front-page -p icu --strict
mdx-qc rules -p front-page -p icu --only 'FP-*,ICU-*,CORE-*' | jq -cn '
	[inputs] | {rules: length,
	    rows: ([.[].id | sub("/.*"; "")] | unique | length),
	    bare: [.[] | select(.message | test("\\p{Han}") | not) | .id]}'
awk -F, 'FNR > 1 && !/:/ && $NF == "" { print "no reason: " $1 }' \
    "$MDX_SHARE"/packs/core/rules.csv "$MDX_SHARE"/packs/front-page/rules.csv \
    "$MDX_SHARE"/packs/icu/rules.csv
for pack in front-page icu; do
	cases=$data/$pack.cases.ndjson
	prefix=$(echo $pack | sed 's/front-page/FP/; s/icu/ICU/')
	echo "$pack"
	mdx-qc test -p $pack "$cases" | grep -v '^ok'
	mdx-qc test -p $pack --only "$prefix-*" --strict "$cases" |
	    grep -v '^ok [0-9]* - [A-Z]*-[0-9]* '
done

# Those of core: generated cases at the boundaries, and what needs a hand.
echo core
mdx-qc test --generate --only 'CORE-*' -o edges.ndjson
mdx-qc test "$data/core.cases.ndjson" | grep -v '^ok'
mdx-qc test --only 'CORE-*' --strict edges.ndjson "$data/core.cases.ndjson" |
    grep -v '^ok [0-9]* - [aC]'

# Windows have no case: a night at one bed opens each of them.
awk 'function put(t, item, v) {
	printf "{\"time\":\"2026-01-01T%02d:%02d:%02dZ\",\"bed\":\"07\"," \
	    "\"item\":\"%s\",\"value\":%s}\n",
	    t / 3600, t / 60 % 60, t % 60, item, v
}
BEGIN {
	for (t = 0; t < 30000; t += t < 1800 ? 5 : 60) {
		flip = (t < 1800 ? t / 5 : t / 60) % 2
		if (t < 20000 || t > 20300)
			put(t, "心率", t < 60 ? 30 + flip : t < 240 ? \
			    170 + flip : t < 900 ? 80 : 82 + flip)
		if (t < 300 || t > 600)
			put(t, "血氧饱和度", t < 100 ? 80 + flip : 96 + flip)
		put(t, "有创平均压", t < 200 ? 50 : 85 + flip)
		put(t, "有创收缩压", t < 1000 ? 120 : t < 1500 ? 55 : 90 + flip)
		put(t, "呼吸频率", t < 100 ? 4 : t < 400 ? 45 : 18)
		put(t, "颅内压", t < 400 ? 25 : 10)
		put(t, "呼气末二氧化碳", t < 100 ? 10 : 38)
		put(t, "气道峰压", t < 100 ? 45 : 20)
		put(t, "体温", t < 7200 ? 40.2 : t < 7300 ? 30.5 : 36.8)
	}
}' >night.ndjson
mdx-qc watch -p icu --kind icu night.ndjson |
    jq -r 'select(.state == "open") | .rule + " " + .message' | sort | uniq -c
