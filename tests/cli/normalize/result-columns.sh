# A result is converted by its analyte under every name of its column.
for column in 结果 检验结果 结果值 测定结果 定量结果; do
	echo "{\"项目名称\":\"肌酐\",\"$column\":\"1.0\",\"单位\":\"mg/dL\",\"_mdx\":{\"kind\":\"lab\"}}"
done | mdx-normalize | jq -c '[.value, .unit, .test_codes[0].code]'
