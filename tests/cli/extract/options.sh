# What is computed and from what: --text (names and pointers, several), --only
# and --level with what they depend on, a record without text.
cat >in.ndjson <<'END'
{"note":{"body":"右叶结节1.0x0.8x0.5cm，微波消融，"},"rest":"功率40W，术后即刻无增强区1.2x1.0x0.8cm。","_mdx":{"id":"a"}}
{"text":"左叶结节2.0x1.0cm射频消融，功率30W。","_mdx":{"id":"b"}}
END
echo "--- texts by name and by pointer, quotes in their own member"
mdx-extract -p thyroid-ablation --doc thyroid_ablation --text /note/body,rest \
	--only lesion.power,lesion.pre_size in.ndjson |
	jq -c '.indicators, [._mdx.extract[]? | [.path, .src, .span, .quote]]'
echo "--- an L3 one brings what it is computed from"
mdx-extract -p thyroid-ablation --doc thyroid_ablation --text /note/body,rest \
	--only lesion.coverage in.ndjson | head -1 | jq -c .indicators
echo "--- a level"
mdx-extract -p thyroid-ablation --level L1 in.ndjson | cmp - in.ndjson && echo untouched
echo "--- no text: L2 is null, counted"
printf '%s\n' '{"text":null}' '{"text":""}' '{"text":7}' '{"no":1}' >none.ndjson
mdx-extract -p thyroid-ablation --doc thyroid_ablation --report r.json \
	--only outcome,lesion.power none.ndjson
jq -c '.extract | [.matched, .no_text]' r.json
echo "--- misuse"
mdx-extract -p thyroid-ablation --only nosuch none.ndjson
mdx-extract -p thyroid-ablation --level L5 none.ndjson
mdx-extract -p thyroid-ablation --doc nosuch none.ndjson
