# Joined NDJSON has dimensions as an array of numbers and numbers as
# {"min","max"}; what is neither is a fault with its line.  A joined value
# outside the row's range is out_of_range, as one out of the text is.
for id in 1 2 3 4; do
	echo '{"patient_id":"'$id'","text":"右叶结节微波消融"}'
done >in.ndjson
pack='-p thyroid-ablation --level L4'
cat >fu.ndjson <<'END'
{"patient_id":"1","lesion.fu_size":[12, 9.0,8],"fu_months":{"min":3,"max":6}}
{"patient_id":"2","lesion.fu_size":[12,900],"fu_months":241}
{"patient_id":"3","lesion.fu_size":null,"fu_months":{"max":300}}
{"patient_id":"4","lesion.fu_size":"12x9","fu_months":240}
END
# shellcheck disable=SC2086
{
mdx-extract $pack --join fu.ndjson in.ndjson |
	jq -c '[.indicators, [._mdx.extract[] | [.path, .status]]]'
cat >bad.ndjson <<'END'
{"patient_id":"1","lesion.fu_size":[]}
{"patient_id":"1","lesion.fu_size":["12"]}
{"patient_id":"1","lesion.fu_size":[-1,2]}
{"patient_id":"1","lesion.fu_size":{"min":1}}
{"patient_id":"1","fu_months":[3]}
{"patient_id":"1","fu_months":{"min":6,"max":3}}
{"patient_id":"1","fu_months":{"min":6,"to":7}}
{"patient_id":"1","fu_months":
END
mdx-extract $pack --join bad.ndjson in.ndjson
}
