# Names of tumours are made of words, stages are told in many ways: the grammar
# of both, not a list of those that notes have had.
run() {
	printf '%s\n' "$2" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p pathology --only "$1" | jq -c '.indicators|[.[]]'
}
for text in '（直肠）ESD标本：神经内分泌肿瘤，G1。' '（左肺上叶）浸润性非黏液性腺癌。' \
	'少量腺癌残留，TRG 1级。' '（右乳）富脂质癌。' '（左肺）淋巴上皮样癌。' \
	'（胃体）胃肝样腺癌。' '（胰体）实性假乳头状肿瘤。' '（右肺）不典型类癌。' \
	'直肠癌根治标本，未见残余肿瘤。'; do
	run histology "$text"
done
echo "--- subtypes"
for text in '胃肠间质瘤，梭形细胞型，切缘净。' '滤泡癌，微小侵袭型，大小3cm。' \
	'浸润性癌（非特殊型），2级。' '腺癌，溃疡型。'; do
	run histology_subtype "$text"
done
echo "--- stages"
for text in 'pT2 N2a M0' 'ypT3，N1，M0' '病理分期：T2N1M0' 'pTNM分期：pT1b pN0 cM0' \
	'pT4a、N3b、M1' 'pT3pN1apM0' 'pT3N2(5/18)M0' 'pT1c(m)N1mi(sn)M0' \
	'pT：T2；pN：N1a；pM：M0' '病理分期（AJCC第8版）：pT3N1bM0' \
	'cT2N1M0' '临床TNM分期：T3N1M0'; do
	run pt,pn,pm "$text"
done
echo "--- no names of types"
run histology_subtype '转移性腺癌，结合免疫表型，符合结直肠来源。'
run histology_subtype '（颈部）弥漫大B细胞淋巴瘤，非生发中心型。镜下所见如上。'
run histology,tumor_size '（纵隔）B2型胸腺瘤，6.5×5×4cm。甲状腺标本。'
run tumor_size '甲状腺乳头状癌，最大径0.8cm；左叶结节性甲状腺肿，最大结节2.5cm。'
