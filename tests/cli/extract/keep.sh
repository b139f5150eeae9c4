# What a person has said stands when the tool runs again: value and entry, over
# rules and --join, also of an object that the text does not show; what is
# computed rests on it; --flat and --long print it; once is as often as twice.
cat >in.ndjson <<'END'
{"patient_id":"1","text":"右叶结节大小1.2×0.9×0.8cm，微波消融，功率40W，消融体积1.5×1.2×1.0cm。","_mdx":{"id":"r1"}}
END
mdx='mdx-extract -p thyroid-ablation'
$mdx in.ndjson >first.ndjson
printf 'patient_id,fu_months\n1,3\n' >fu.csv
$mdx --join fu.csv first.ndjson >joined.ndjson
cat >filled.csv <<'END'
key,path,new_value,reviewer
r1,lesion.1.pre_size,20x10x10,王医师
r1,lesion.1.power,-,王医师
r1,fu_months,7,王医师
END
$mdx review apply filled.csv joined.ndjson >said.ndjson
$mdx --join fu.csv said.ndjson >second.ndjson
jq -c '.indicators.lesion[0] | {pre_size,power,coverage}' said.ndjson second.ndjson
jq -c '.indicators.fu_months, (._mdx.extract[] | select(.engine == "hand"))' second.ndjson
$mdx --join fu.csv second.ndjson | cmp - second.ndjson && echo twice is once
$mdx --flat said.ndjson | grep -c '20x10x10'
$mdx --long said.ndjson | jq -c 'select(.path == "lesion.1.pre_size")'
echo "--- an object that is not told of"
sed 's/"text":"[^"]*"/"text":"未见结节。"/' second.ndjson | $mdx |
	jq -c '.indicators.lesion[0].pre_size'
echo "--- the same by --corrections, in one run"
$mdx --join fu.csv --corrections filled.csv in.ndjson >one.ndjson
jq -c '.indicators.lesion[0] | {pre_size,power,coverage}' one.ndjson
cmp one.ndjson second.ndjson && echo the same bytes
$mdx --join fu.csv --corrections filled.csv one.ndjson | cmp - one.ndjson && echo twice is once
