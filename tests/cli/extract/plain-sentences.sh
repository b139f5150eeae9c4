# Plain sentences that were once read wrong: sums, denials of invasion, doubt,
# what a comma parts, what is mostly gone, yesterday, observation afterwards.
x() {	# x PACK [DOC] TEXT FILTER
	pack=$1 doc=
	[ $# = 4 ] && doc=$2 && shift
	jq -cn --arg t "$2" '{text: $t}' |
		mdx-extract -p "$pack" ${doc:+--doc "$doc"} | jq -c ".indicators | $3"
}
x pathology '清扫淋巴结2/5+0/3。' '[."ln.pos", ."ln.total"]'
x pathology '肿瘤未侵犯脉管及神经。' '[.lvi, .pni]'
x pathology '癌细胞未见侵犯神经。' .pni
x pathology '神经未侵犯，脉管未受侵。' '[.lvi, .pni]'
x pathology '可疑神经侵犯。' .pni
x tumour-imaging '肺癌，右肺上叶肿块3cm，肝转移。' '[.metastasis[].site]'
x tumour-imaging '胰腺癌，胰头肿块4cm，肝转移。' '[.metastasis[].site]'
x severe-pneumonia chest_ct '既往双侧胸腔积液，现大部吸收。' .pleural_effusion
x severe-pneumonia icu_note '昨日PEEP 8，FiO2 35%。今日PEEP 6。' '[.peep, .fio2]'
x severe-pneumonia icu_note '昨日T 39，HR 130，今日体温正常。' .heart_rate
x thyroid-ablation '左叶结节微波消融，功率30W，术后观察30分钟。' '[.lesion[].power]'
x thyroid-ablation '左叶结节微波消融，功率30W，术后观察。' '[.lesion[].power]'
x thyroid-ablation '左叶结节微波消融，第9次30秒，第10次40秒。' '[.lesion[].time]'
x severe-pneumonia chest_ct '不除外胸腔积液。' .pleural_effusion
x lung-ct '左肺上叶实性结节6mm，周围见磨玻璃影。' '[.lesion[].density]'
x thyroid-us '左叶见3枚结节，右叶见2枚结节。' .nodule_count
x thyroid-us '左叶见一个结节，右叶见两个结节。' .nodule_count
x thyroid-us '左叶共见3枚结节，右叶共见2枚结节，其中1枚伴钙化。' .nodule_count
x thyroid-us '双侧叶见5枚结节，右叶见3枚结节，左叶见2枚结节。' .nodule_count
x thyroid-us '左叶3枚结节，右叶2枚结节。结论：左叶3枚结节，右叶2枚结节。' .nodule_count
x thyroid-us '右叶见3枚结节，右叶上极见1枚结节。' .nodule_count
x lung-ct '右肺见3枚结节，左肺见2枚结节。' .nodule_count
change='[.nodule_count, (.lesion[] | [.lobe, .size, .change])]'
x lung-ct '右肺中叶结节5mm；左肺上叶结节已吸收消失。' "$change"
x lung-ct '右肺中叶结节5mm；左肺上叶结节完全吸收。' "$change"
x lung-ct '右肺中叶结节5mm，左肺上叶结节较前消失。' "$change"
x lung-ct '左肺上叶结节未完全吸收，现5mm。' "$change"
x lung-ct '左肺上叶结节6mm，右侧胸腔积液已吸收。' "$change"
x thyroid-ablation '术前造影未见异常增强，左叶结节微波消融。' '."contrast_pre.used"'
x thyroid-ablation '术前CEUS示未见异常，声诺维2ml，左叶结节微波消融。' '[."contrast_pre.used", ."contrast_pre.dose"]'
x thyroid-ablation '术前未行造影，左叶结节微波消融。' '."contrast_pre.used"'
x echo 'LVEF正常范围50-70%。' .lvef
x echo 'LVEF 62%（正常范围50-70%）。' .lvef
x echo '左室内径正常范围，LVEF 62%。' .lvef
x tumour-imaging '肺癌，右肺上叶肿块3cm，同侧肺门及对侧纵隔淋巴结转移，患侧髂骨转移。' '[.metastasis[].site]'
stains='[."ihc.ER", ."ihc.PR"]'
x pathology 'ER（-），PR（-），周围正常乳腺导管ER（+），PR（+）。' "$stains"
x pathology '癌细胞ER（-），间质ER（+），内对照ER（+）。' "$stains"
x pathology '癌旁乳腺腺病，癌组织ER（+），PR（+）。' "$stains"
x pathology '癌旁乳腺腺病，ER（+），PR（+）。' "$stains"
x pathology '免疫组化：ER（-），PR（+），ER（+）。' "$stains"
x pathology 'ER（-），重做ER（+）。' "$stains"
x pathology '肿瘤细胞表达ER，不表达PR。' "$stains"
x pathology '原报告ER（-）更正为ER（60%+）。' "$stains"
x pathology '距上切缘12cm、下切缘1.8cm见肿物，环周切缘距癌2mm（阴性）。' .margin_distance
x pathology 'Invasive ductal carcinoma, grade 2, margins negative.' '[.histology, .grade, .margin]'
x pathology 'No evidence of carcinoma.' .histology
x pathology 'Ly（-），V（+）。' .lvi
list='①左叶结节6×5mm；②右叶结节8×7mm'
x thyroid-us "多发结节：$list。主要位于右叶。" .nodule_count
x thyroid-us "多发结节，主要为：$list。" .nodule_count
x thyroid-us "多发结节，较大者：$list。" .nodule_count
sites='[[.primary[].site], [.metastasis[].site]]'
x tumour-imaging '肝S5肿块3cm，为肝癌，右肺结节，为转移瘤。' "$sites"
x tumour-imaging '肾癌，右肺结节，考虑转移。' "$sites"
x tumour-imaging '肝癌，肝右叶肿块3cm，右肺结节1cm，考虑为转移瘤。' '[.primary[].site]'
x tumour-imaging '前列腺外周带结节2cm，前列腺癌，未见转移。' "$sites"
energy='[.lesion[] | [.location, .method, .power, .time]]'
x thyroid-ablation '甲状腺左叶结节热消融，消融时间3分05秒，功率30W。' "$energy"
x thyroid-ablation '左叶结节消融治疗，消融时间3分05秒。' "$energy"
x thyroid-ablation '左叶结节弹性评分4分，热消融与否由门诊决定。' "$energy"
x thyroid-ablation '左叶结节12mm，凝血酶时间16秒，拟行消融。' "$energy"
x thyroid-ablation '患者3月前行左叶结节消融，当时功率30W，今复查结节5mm。' "$energy"
grown='[.organism[].name]'
x severe-pneumonia microbiology '血：EBV-DNA 0 copies/mL，CMV-DNA 2000 copies/mL。' "$grown"
x severe-pneumonia microbiology 'EBV-DNA 20 copies/mL。' "$grown"
gland='[.left_lobe, .right_lobe, .isthmus]'
x thyroid-us '左叶长4.7 宽1.6 厚1.5cm，右叶：长49、宽18、厚17mm。' "$gland"
x thyroid-us '左叶上下47、左右16、前后15mm，右叶长4.8cm，厚1.6cm。' "$gland"
x thyroid-us '右叶缺如，左叶代偿性增大，大小约56×23×21mm，峡部残端3mm。' "$gland"
x thyroid-us '右叶囊肿，1.2cm。' "$gland"
nodules='[.nodule_count, (.lesion[] | [.location, .size])]'
x thyroid-us 'A 12x9x8mm solid nodule in the mid right lobe.' "$nodules"
x thyroid-us 'Right lobe 49x18x17mm. No nodule.' "$nodules"
x thyroid-us '右叶中部结节16×12mm；另于其下方见一结节，4×5mm。' "$nodules"
x thyroid-us '右叶近中部结节14×10mm，内见多发点状强回声。' "$nodules"
x thyroid-us '当时右叶中部结节9×7mm；本次该结节13×10mm。右叶50×18mm。' "$nodules"
x thyroid-us '左叶囊肿抽液术后：术前33×24mm，现残余囊腔12×8mm。' "$nodules"
x thyroid-us '左叶结节6×5mm，边缘不规整、呈实质低回声，点状强回声，后方伴彗星尾。' '.lesion[0] | [.shape, .edge, .echo, .focus]'
x thyroid-us '左叶结节由3类升至4A类。' .tirads
x thyroid-us '左叶TI-RADS由3类升为4A类。' .tirads
x thyroid-us 'RIGHT: 4.5*1.6*1.5cm LEFT: 4.3*1.5*1.4cm ISTH: 0.25cm' "$gland"
x thyroid-us 'LL上下径45mm，厚14mm，峡部稍增厚，约5mm。' "$gland"
x thyroid-us '左叶44×15×13mm，右叶46×16×14mm
右叶上极可见9×7mm结节。' "$nodules"
x thyroid-us '对比2024-05-10（右叶结节12×9mm，TI-RADS 4A）：本次右叶结节10×7mm，TI-RADS 3类。' .tirads
x thyroid-us '结节1：右叶中部5×4mm，结节2：左叶下极9×6mm。TI-RADS：结节1 3类；结节2 4A类' '[.nodule_count, .tirads]'
