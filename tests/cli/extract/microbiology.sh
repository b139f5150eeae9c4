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
run '中心静脉血报阳较外周早3.2h，两份均为近平滑念珠菌。'
run '同日送检支气管肺泡灌洗液：屎肠球菌少量，正常咽喉部菌群；屎肠球菌对氨苄西林耐药。'
run '患者1月前曾痰检CRKP，入院第2天血培养检出：耐碳青霉烯类肺炎克雷伯菌。'
run '痰非结核分枝杆菌菌种鉴定（痰培养阳性菌株）：胞内分枝杆菌。'
run 'BALF汇总：细菌培养阴性；新型隐球菌荚膜抗原（血清）阳性 1:640。'
run '入院时痰：肺炎链球菌。本次气道分泌物：粘质沙雷菌，产AmpC？对头孢曲松耐药。'
run '3月9日更正报告：痰，经质谱复核为嗜麦芽窄食单胞菌，原报告作废。'
run '咽拭子：乙型流感病毒阳性；其妻昨日甲流抗原阳性（外院）。'
run '痰标本：白念珠菌，提示口咽部污染，不建议治疗。'
run '1月15日我院痰培养：铜绿假单胞菌。\n1月24日本次复查痰，奇异变形杆菌 10^4。'
run '人工气道吸痰：肺炎克雷伯菌。呼吸道核酸：腺病毒（-） 肺炎支原体（+）'
run '痰：(1)鲍曼不动杆菌(2)肺炎克雷伯菌；药敏(1)头孢他啶R，(2)头孢曲松R。'
run '痰两种菌：菌一 鲍曼不动杆菌，菌二 铜绿假单胞菌。菌一对美罗培南R；菌二对头孢他啶R。'
run '尿培养：大肠埃希菌，菌落计数<10^4，考虑污染；血培养：大肠埃希菌阳性。'
run '流感抗原甲乙型均阴性，次日核酸复核甲型流感病毒阳性，标本咽拭子。'
