# One name, several tests: the specimen tells, under any of its names, then the
# unit, however it is spelled.  A test of blood is never taken for another's.
for row in 'GLU 血清 mmol/L' 'GLU 晨尿 ' '葡萄糖 CSF mmol/L' 'GLU 静脉血 mg/dl' \
    '白细胞 全血 10^9/L' '白细胞 中段尿 个/HP' '白细胞 尿 /uL' '白细胞 腹水 10^6/L' \
    'CK-MB 血清 μg/L' 'CK-MB 血清 IU/L' 'PRL  μIU/mL' 'TG 血清 mmol/L' \
    'TG 血清 ' 'CRP 引流液 mg/L' '尿蛋白 血清 '; do
	IFS=' ' read -r test specimen unit <<END
$(echo "$row" | sed 's/  / - /')
END
	echo '{"项目名称":"'"$test"'","标本":"'"$specimen"'","单位":"'"$unit"'","_mdx":{"kind":"lab"}}'
done | mdx-normalize |
	jq -c '[.test, .specimen, .test_codes[0].code, .test_codes[0].display, ._mdx.norm.test.status]'
