# Lines that are no records are set aside with a code, the rest pass:
# in = out + set aside.
{
	echo '{"text":"右叶微波消融，功率40W。","_mdx":{"id":"a"}}'
	echo '{"text":"cut off'
	printf '{"text":"\377\376"}\n'
	echo '{"a":[[[[[[[[1]]]]]]]]}'
	head -c 3000 /dev/zero | tr '\0' x | sed 's/.*/{"text":"&"}/'
	echo
	echo '[1]'
	echo '{"text":"\ud800 右叶微波消融，功率30W。\u0001"}'
} >in.ndjson
mdx-extract -p thyroid-ablation --only lesion.power --max-record 2000 --max-depth 6 \
	--rejects rej.ndjson --report r.json in.ndjson >out.ndjson
echo $?
grep -o '"indicators":{[^}]*}' out.ndjson
jq -c '[.error.code, .src.line]' rej.ndjson
jq -c '[.in.records, .out.records, .set_aside]' r.json
