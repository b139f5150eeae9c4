# Places as reports write them: in brackets, behind the diagnosis, closer in the
# findings than in it; a size that is told of another organ is not the tumour's.
mdx-extract -p tumour-imaging <<'END' |
{"id":1,"text":"右半结肠（肝曲）腺癌，侵犯十二指肠，大小3.9×3.0cm；脾大，长径13cm。"}
{"id":2,"text":"RCC，右肾中部，47x42mm。"}
{"id":3,"text":"前列腺外周带右侧结节，约17mm×13mm，穿刺前列腺癌。"}
{"id":4,"text":"左肺上叶尖后段中央型肺癌；脾长径12cm；肝S2、S5各见一枚转移灶。"}
{"id":5,"text":"直肠癌；右颈淋巴结肿大，转移不除外。"}
END
jq -c '.indicators | [[.primary[] | [.site, .size]], [.metastasis[].site]]'
echo "--- names that no lexicon has, parts side by side, what is inside"
run() {
	printf '%s\n' "$1" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p tumour-imaging | jq -c '.indicators|[[.primary[]?.site],[.metastasis[]?.site]]'
}
run '食管癌，右侧喉返神经旁淋巴结转移，所扫上腹部左侧肾上腺转移。'
run '左侧肾盂内充盈缺损24x16mm。左侧肾盂尿路上皮癌。'
run '鼻咽右侧壁及顶后壁肿物，诊断鼻咽癌。'
run '直肠癌术后，双肺小结节，待排转移。'
echo "--- stations by number, kinds, lists, walls, forms, what is beside"
run '纵隔内2R、4R、7区多发肿大淋巴结，为转移。腹膜后、双侧髂血管旁见多发肿大淋巴结，最大短径1.5cm，均为转移。'
run '左侧顶叶、右侧枕叶及小脑蚓部多发结节，结合肺癌病史，符合脑转移瘤。双肺粟粒样转移。'
run '右侧小脑半球结节；左侧顶叶结节。二者均为转移瘤。全身多处骨转移（T5、L1椎体）。'
run '胃窦部胃壁增厚，最厚2.2cm，与胰头分界不清。结论：胃窦癌，胸骨柄：转移，盆腔种植：无。'
run '右乳外上象限距乳头4cm见肿块（穿刺证实浸润性癌）。非转移瘤。'
run '肝左外叶S2段肿块，诊断肝内胆管细胞癌。左侧胸膜增厚，符合左侧胸膜转移。'
run '直肠中段肿瘤，侵犯系膜（T3）。直肠壁无增厚。'
echo "--- sizes: of the other place, of then"
size() {
	printf '%s\n' "$1" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p tumour-imaging | jq -c '.indicators.primary'
}
size '左肺上叶结节12mm，炎性假瘤。右肺中叶外侧段肿块3.4x2.9cm，右肺中叶外侧段肺癌。'
size '2025-06-12左肺下叶背段肿块48x40mm；本次左肺下叶背段肿块29x22mm，肺癌。'
size '乙状结肠癌，病灶长约6.0cm。结肠肝曲见另一原发癌，长约3.5cm。肝右前叶转移瘤，大小31x27mm。'
echo "--- what is called a metastasis, and of what"
run '右侧扁桃体肿块，鳞癌；右颈Ⅱ-Ⅲ区多枚肿大淋巴结，部分坏死，转移。'
run '左锁骨上多发淋巴结，乳腺癌转移。左侧肾上腺转移瘤切除术后改变，未见复发。'
# A list with a mark each, a template of labels, places behind 位于, what no
# lexicon has within a place, and the order of the conclusion.
run '胃癌。转移灶：肝（+）、肺（-）、腹膜（+）。cT3N2M1（M1：骨）。'
run '【病灶一】部位 升结肠；大小 43mm×35mm；性质 结肠癌。\n【病灶二】部位 肝S6；大小 25mm×22mm；性质 转移瘤。'
run '高级别浆液性癌，位于左侧卵巢，最大者位于右下肺的结节1cm，转移待排。'
run '右锁上淋巴结、右侧颈上深淋巴结转移，右腋窝见转移淋巴结。对侧肺门淋巴结转移不支持。'
run '隆突下肿大淋巴结。双肺散在转移结节。印象：隆突下淋巴结转移，双肺转移。'
