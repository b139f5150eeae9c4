# Which object a joined row speaks of is a whole number from 1 to 32; one that
# the record does not have is no silence: the row counts as unmatched.
echo '{"patient_id":"1","text":"右叶结节微波消融，功率40W。"}' >in.ndjson
pack='-p thyroid-ablation --level L4'
cat >fu.csv <<'END'
patient_id,redcap_repeat_instance,lesion_fu_size,fu_months
1,,,3
1,1,10x8x7,
1,9,6x5x5,
END
# shellcheck disable=SC2086
{
mdx-extract $pack --join fu.csv --report r.json in.ndjson |
	jq -c '.indicators'
jq -c .extract.join r.json
cat >bad.csv <<'END'
patient_id,结节序号,随访结节大小,随访日期
1,2.0,6x5x5,
1,第二个,6x5x5,
1,0,6x5x5,2024-05-06
1,4294967297,6x5x5,
1,'1,6x5x5,去年
1,1,张三住院号9988,
1,1,-5,
1,1,12x9x,
1,1,约12 x 9mm,2024-05-07
END
mdx-extract $pack --join bad.csv in.ndjson
}
