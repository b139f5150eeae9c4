# A test under its name and, in brackets, its other name, and with the mark of
# tests that other laboratories recognize; brackets that say more are not names.
for test in '总胆红素(TBIL)' 'ALT（谷丙转氨酶）' '*葡萄糖' '★血钾(K)' \
    '葡萄糖(空腹)' '总蛋白(ALB)' '(TBIL)' '*'; do
	echo '{"项目名称":"'"$test"'","标本":"血清","_mdx":{"kind":"lab"}}'
done | mdx-normalize |
	jq -c '[.test, .test_codes[0].code, .test_codes[0].display, ._mdx.norm.test.status]'
