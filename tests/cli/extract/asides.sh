# What stands between a word and what is said of it changes nothing: 约, 为, 处
# before a number, a bracket that tells how something was looked at, the answer
# behind a colon, a unit behind a stroke.
run() { # PACK ID,... TEXT
	printf '%s\n' "$3" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p "$1" --only "$2" | jq -c .indicators
}
echo "--- a thickness is no size, whatever stands between"
size() { run tumour-imaging primary.site,primary.size "$1"; }
size '食管胸中段管壁增厚，最厚处约17mm，病变长度约6.5cm。诊断：食管胸中段癌。'
size '直肠上段管壁增厚，最厚处达1.6cm，长度约为5.2cm，直肠上段癌。'
echo "--- brackets that tell how"
bool() { run pathology lvi,pni "$1"; }
bool '脉管（D2-40、CD34染色）未见癌栓，神经（S-100染色）未见侵犯。'
bool '脉管（HE及CD34）可见癌栓，神经(-)。'
bool '未见脉管组织。'
echo "--- what is not"
run echo pericardial_effusion '剑突下见心包脂肪垫增厚，非积液。'
run echo pericardial_effusion '母亲孕期心包积液，患儿心包腔未见液性暗区。'
echo "--- what answers the word before it is not of the next subject"
run echo mr,ar,tr,pr '二 尖 瓣 反流:少量 主动脉瓣反流:微量 三 尖 瓣 反流:中量 肺动脉瓣反流:未见'
run echo lvedd,lvesd,la '左室舒末径51mm左室缩末径35mm左房39mm'
echo "--- a unit is no word of noise"
run echo e_a,lvef,fs 'E峰0.62m/s A峰0.81m/s E/A 0.77 左室收缩功能 EF 65.5% FS 36.0%'
echo "--- what became of a regurgitation"
run echo mr '二尖瓣反流术前中-重度→今轻度。'
echo "--- in a line without marks a word keeps off what is near"
run pathology ln.pos,ln.total '腺癌 中分化 侵及固有肌层 两端切缘(-) 肠周LN 0/14 脉管(-)'
run pathology ln.pos,ln.total '核分裂 5/10HPF 坏死无'
echo "--- a denial that is all of the next clause"
run echo pericardial_effusion '心包积液较前吸收，本次未见。'
run echo pericardial_effusion '心包前方低回声为脂肪垫，不是积液。'
echo "--- what keeps off and has a number of its own"
run echo ivs,lvpw 'IVS 舒张期 10mm、收缩期 14mm，PW 舒张期 9mm、收缩期 13mm。'
run pathology tumor_size '溃疡型肿块一个；距肿块8cm见息肉。肿块5.5x4.2x1.5cm。'
run pathology margin_distance '距上切缘5cm，距下切缘4.5cm。'
echo "--- a fraction is no count"
run pathology ln.pos,ln.total '浸润肌层<1/2。Ki-67上2/3层阳性。'
echo "--- a document without anything of its type"
run echo rhythm '动态心电图：室性早搏12次。'
echo "--- what a grade has become"
run echo mr,tr,ar '二尖瓣反流由重度减轻至轻度，三尖瓣反流中度→轻度，主动脉瓣反流较前加重为中度。'
