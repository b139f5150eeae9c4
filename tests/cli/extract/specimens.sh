# What reports of specimens say in words: stains, nodes, margins, layers, what
# was told of an earlier specimen, the diagnosis that others lead to.
x() {	# x TEXT FILTER
	jq -cn --arg t "$1" '{text: $t}' |
		mdx-extract -p pathology | jq -c ".indicators | $2"
}
x '免疫组化：ER（90%），PR（<1%），PTEN缺失，MLH1、PMS2均表达，P53（突变型）。' \
	'[."ihc.ER", ."ihc.PR", ."ihc.PTEN", ."ihc.MLH1", ."ihc.PMS2", ."ihc.P53"]'
x '癌组织CD34（示血管完整），ER（-，0）。' '[."ihc.CD34", ."ihc.ER", ."ihc.ER_pct"]'
x '穿刺：ER（-）。备注：阳性对照（乳腺癌组织）ER（+）。' '."ihc.ER"'
x 'HER2（1+）（胃镜活检HER2 2+）。' '."ihc.HER2"'
x 'NGS：MET 14外显子跳跃突变未检出，RET融合未检出，EGFR 19del突变。' \
	'[."mol.MET", ."mol.RET", ."mol.EGFR"]'
nodes='[."ln.pos", ."ln.total"]'
x '淋巴结转移（转移数/总数）：食管旁1/4，隆突下0/5，总计1/9。' "$nodes"
x '4组淋巴结3枚，7组2枚，均未见癌转移。' "$nodes"
x '淋巴结3枚均见癌转移。' "$nodes"
x '淋巴结4枚，呈反应性增生，未见转移。' "$nodes"
x '淋巴结未见转移（共检18枚）。' "$nodes"
x '癌灶2个，未见脉管侵犯。淋巴结0/6。' "$nodes"
x '送检第3/5/6组淋巴结。' "$nodes"
x '脉管、神经均未见癌侵犯。' '[.lvi, .pni]'
x '脉管：见癌栓；神经侵犯：未查见。' '[.lvi, .pni]'
x '神经外科送检肿瘤，神经侵犯不能确定。' .pni
x '切缘：近端（-），远端（-），环周（+）。' .margin
x '切缘：近端（-），远端（-），神经（+）。' '[.margin, .pni]'
x '浸润深度：穿透固有肌层达浆膜下层。' .depth
x '肿瘤，长径3.8cm、宽2.5cm、厚1.5cm。' .tumor_size
x '脑部肿物，肺非小细胞癌，结合免疫组化，符合腺癌。' .histology
x '非浸润性乳头状尿路上皮癌。补充报告：诊断修订为浸润性尿路上皮癌。' .histology
x '外科病理报告
临床资料：女，58岁。胃镜活检：低分化腺癌，Lauren弥漫型。
病理诊断：腺癌，中分化，Lauren肠型。
备注：MMR未做。' '[.histology, .grade, .lauren]'
x 'CD30（-），C-MYC（40%+）。' '[."ihc.CD30", ."ihc.CD30_pct"]'
x 'HER2（0）；FISH仅在HER2 2+时进行。' '."ihc.HER2"'
x 'PD-L1：TPS 1%（2020年原发灶 TPS 45%）；KRAS均为阴性（2020年报告）。' '[."ihc.PD-L1_tps", ."mol.KRAS"]'
x '脉管：D2-40标记未见淋巴管侵犯；神经未查见侵犯。' '[.lvi, .pni]'
x '神经侵犯、脉管癌栓不适用。' '[.lvi, .pni]'
x '切缘重度不典型增生/原位癌累及，余切缘未见癌。' .margin
x '切缘没有癌。' .margin
x '浸润性腺癌，腺泡型为主（腺泡型70%，贴壁型30%）。' .histology_subtype
