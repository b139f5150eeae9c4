# A test's name counts with its result alone; a list of drugs marked R, the
# specimen in brackets and a genus with its species are read as people do.
mdx-extract -p severe-pneumonia --doc microbiology <<'END' |
{"id":1,"text":"鼻咽拭子：甲型流感病毒（+） 乙型流感病毒（-）；肺炎支原体核酸检测、腺病毒核酸检测。"}
{"id":2,"text":"痰培养：金黄色葡萄球菌，青霉素R，红霉素 ≥8 R，万古霉素S。"}
{"id":3,"text":"血培养无菌生长。诺卡菌属（BALF），鉴定为皮疽诺卡菌，亚胺培南耐药。"}
END
jq -c '.indicators.organism[] | [.name, .specimen, .resistance]'
