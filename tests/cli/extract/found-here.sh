# An organism is one that was found in this report: not one that is only talked
# of, of an earlier day, of the surroundings, revoked or replaced; a full name goes
# before a short one, and a table before the only name is of it.
run() {
	printf '{"text":"%s"}\n' "$1" |
	    mdx-extract -p severe-pneumonia --doc microbiology |
	    jq -c '.indicators.organism | map([.name, .specimen, .resistance])'
}
run '流感后以肺炎链球菌、金黄色葡萄球菌多见。BALF培养：流感嗜血杆菌。'
run '2月1日痰培养：肺炎克雷伯菌。2月15日本次痰培养：未检出致病菌。'
run '患者之前的mNGS提示EB病毒。本次肺泡灌洗液培养：光滑念珠菌，氟康唑MIC 32，耐药。'
run '【前次结果】痰 铜绿假单胞菌\n【本次结果】痰 嗜麦芽窄食单胞菌'
run '痰培养检出白色念珠菌，结果已撤销。环境采样（湿化罐）：铜绿假单胞菌。'
run '原报告“铜绿假单胞菌”更正为“施氏假单胞菌”。标本：气管抽吸物。'
run '血培养：革兰阴性杆菌，质谱复核为产酸克雷伯菌，非大肠埃希菌，头孢唑林耐药。'
run '新冠核酸：鼻咽拭子 新型冠状病毒 阳性。'
run '痰：白色念珠菌+，正常菌群+++。右侧胸水培养：星座链球菌。'
run '氨苄西林　R\n头孢吡肟　S\n菌种：奇异变形杆菌\n标本：中段尿'
run '标本：痰\n结果：铜绿假单胞菌\n备注：该菌株为碳青霉烯类耐药（CRPA）。'
run '普通培养：痰 草绿色链球菌，正常菌群。\n肺炎链球菌尿抗原：阳性。'
run '胸腔引流液：抗酸染色阴性。引流液培养：星座链球菌。'
run '样本：气管吸取物（ETA）：阴沟肠杆菌，脑膜炎折点青霉素耐药，氨苄西林耐药。'
run '标本BALF：耶氏肺孢子菌，人类疱疹病毒5型。巨细胞病毒另约血浆定量。'
run '痰培养：黏质沙雷菌。\n对比：两次痰培养均为鲍曼不动杆菌，本次未再检出。'
run '甲型流感病毒 阳性\n分型 H3N2 阳性\n样本：咽拭子'
run '胸水培养：\n中间链球菌\n具核梭杆菌\n药敏（链球菌）：红霉素 R，青霉素 S'
run '原报告：痰 肺炎克雷伯菌 产ESBL\n更正后：痰 产气克雷伯菌（原产气肠杆菌），头孢西丁 R'
run '血培养1套中1瓶报阳，鉴定为人葡萄球菌，余3瓶阴性。结合临床无发热，判断为采血污染。'
run '既往微生物资料复习：2022-11 痰培养鲍曼不动杆菌；2023-02 BALF NGS 烟曲霉。本次痰培养阴性。'
run 'EBV-IgG 阳性（既往感染）。痰培养：金黄色葡萄球菌。'
run '送检：血培养3套（均阴性）、痰培养（鲍曼不动杆菌1+，考虑定植）、BALF培养（铜绿假单胞菌10^5，美罗培南R）。'
run '血培养、痰培养、导管尖端培养均检出耐碳青霉烯肺炎克雷伯菌。'
