# Ranked questions: marks, phrases that must or must not occur, selections.
mdx-ask index -d ask.db "$CASES/records.ndjson" || exit
mdx-ask query 等回声结节 -d ask.db
mdx-ask query 'ｈｂａ１ｃ' ask.db --format text
for question in 痛 结节 '结节 -功率' '"未见结节" 甲状腺' '甲状腺 "头痛"' CA19-9 CA19 5.3cm 4.5cm 😀 'C# AND * NEAR('; do
	mdx-ask query "$question" ask.db --count
done
for where in patient=7f3b 'date>=2023-06' 'date<=2023-05' dept=超声科 'dept!=超声科' 'src~检查报告' 'max_diameter>3' 'max_diameter>3.1' '声音嘶哑=false' kind=exam; do
	mdx-ask query 甲状腺患者 ask.db -w "$where" | jq -c --arg w "$where" '[$w,._mdx.id]'
done
mdx-ask query 结节 ask.db -w patient=7f3a --records | cmp - "$CASES/first.ndjson" && echo the very bytes
