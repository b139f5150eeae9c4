# A test's name counts with its result alone; a list of drugs marked R, the
# specimen in brackets and a genus with its species are read as people do.
mdx-extract -p severe-pneumonia --doc microbiology <<'END' |
{"id":1,"text":"鼻咽拭子：甲型流感病毒（+） 乙型流感病毒（-）；肺炎支原体核酸检测、腺病毒核酸检测。"}
{"id":2,"text":"痰培养：金黄色葡萄球菌，青霉素R，红霉素 ≥8 R，万古霉素S。"}
{"id":3,"text":"血培养无菌生长。诺卡菌属（BALF），鉴定为皮疽诺卡菌，亚胺培南耐药。"}
END
jq -c '.indicators.organism[] | [.name, .specimen, .resistance]'
# What another thing's result, a bracket, a neighbour and a mark say is of these
# alone; days without a year, two columns of ratings, other spellings, Latin names.
run() {
	printf '{"text":"%s"}\n' "$1" |
	    mdx-extract -p severe-pneumonia --doc microbiology |
	    jq -c '.indicators.organism | map([.name, .specimen, .resistance])'
}
run '痰培养：肺炎克雷伯菌ESBL（-），头孢唑林R。'
run '咳痰：唾液链球菌(正常菌群)、干燥奈瑟菌(正常菌群)、肺炎克雷伯菌 少量'
run '痰培养：泛耐药肺炎克雷伯菌（3+），邻床亦为CRKP。'
run '血培养：耐碳青霉烯类肺炎克雷伯菌（CRKP）。'
run '痰培养：A：鲍曼不动杆菌；B：嗜麦芽窄食单胞菌。药敏：A 头孢他啶R 替加环素S；B 左氧氟沙星S。'
run '痰：①铜绿假单胞菌 ②鲍曼不动杆菌。亚胺培南：前者S 后者R；阿米卡星：前者S 后者R。'
run '痰 菌名1：肺炎克雷伯菌 菌名2：铜绿假单胞菌\n头孢他啶 R S\n亚胺培南 R R'
run '1/3 痰：鲍曼不动杆菌。1/20 本次送检BALF：嗜麦芽窄食单胞菌，左氧氟沙星S。'
run 'BALF mNGS：奴卡菌属 1203条（皮疽诺卡菌 1180条）。'
run 'Sputum culture: A. baumannii (CRAB), MEM R. 铜绿假单胞菌（Pseudomonas aeruginosa），CAZ R。'
