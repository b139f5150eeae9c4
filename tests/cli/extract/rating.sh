# Which drugs an organism resists: ratings behind the names, values between them,
# before them as the head of a list, in a column for each organism; a phenotype
# goes before the drugs; what is no rating, or is denied, tells of none.
run() {
	printf '{"text":"%s"}\n' "$1" |
	    mdx-extract -p severe-pneumonia --doc microbiology |
	    jq -c '.indicators.organism | map([.name, .resistance])'
}
grown='痰培养：铜绿假单胞菌。'
run "${grown}头孢他啶(32,R)，哌拉西林/他唑巴坦(128,R)，美罗培南(1,S)。"
run "${grown}美罗培南-R 亚胺培南-R 阿米卡星-S"
run "${grown}CAZ 头孢他啶 R，头孢吡肟（FEP） R，IPM 亚胺培南 S"
run "${grown}青霉素MIC 0.03，红霉素MIC≥8，耐药；对头孢曲松、氨曲南均呈耐药。"
run "${grown}\\n耐药（R）：头孢唑林、头孢曲松\\n敏感（S）：美罗培南"
run "${grown}耐药药物：环丙沙星、氨曲南；中介：庆大霉素。"
run "${grown}\\n|抗生素|MIC|结果|\\n|头孢他啶|≥64|耐药|\\n|亚胺培南|≤1|敏感|"
run "${grown}头孢西丁天然耐药，利福平耐药基因未检出，本室氨曲南耐药率30%。"
run "${grown}耐碳青霉烯类，头孢他啶R。"
run "痰培养：MDR-鲍曼不动杆菌，阿米卡星R。"
run "利福平耐药：未检出。痰 结核分枝杆菌阳性。"
run '痰 细菌1：嗜麦芽窄食单胞菌 细菌2：阴沟肠杆菌\n左氧氟沙星　S　S\n米诺环素　S　-\n头孢他啶　-　R\n头孢曲松　-　R'
run "血培养：屎肠球菌，万古霉素耐药（VRE），氨苄西林R。"
run "痰 金黄色葡萄球菌\\n青霉素 ≥0.5 R\\n红霉素 ≥8 R\\n备注：MRSA"
run '痰：①鲍曼不动杆菌 ②铜绿假单胞菌。药敏：①仅多黏菌素敏感；②头孢他啶耐药。'
run '痰：A：大肠埃希菌；B：奇异变形杆菌。A菌药敏：头孢曲松R；B菌药敏：全部敏感。'
run '痰：产气克雷伯菌，ceftriaxone R，cefepime S。'
