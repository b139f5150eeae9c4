# --corrections: a filled review file is applied after everything else; a run
# over its own output changes no byte; a row that fits no pack is exit 2.
cat >in.ndjson <<'END'
{"text":"右叶结节1.0x0.9x0.8cm，微波消融，功率40W。","_mdx":{"id":"r1"}}
{"text":"左叶结节微波消融，功率30W。","_mdx":{"id":"r2"}}
END
cat >filled.csv <<'END'
key,path,new_value,reviewer
r1,lesion.1.power,45,王医师
r2,lesion.1.power,=,王医师
r2,lesion.3.power,50,王医师
END
mdx-extract -p thyroid-ablation --only lesion.power --corrections filled.csv \
	--report r.json in.ndjson >out.ndjson
jq -c '.indicators, ._mdx.extract[]' out.ndjson
jq -c .extract.corrections r.json
mdx-extract -p thyroid-ablation --only lesion.power --corrections filled.csv \
	-j 3 out.ndjson | cmp - out.ndjson && echo twice is once
printf 'key,path,new_value,reviewer\nr1,lesion.1.power,viel,W\nr1,nosuch,1,W\n' >bad.csv
mdx-extract -p thyroid-ablation --corrections bad.csv in.ndjson
