# What stands beside a named object is not of it: normal flora beside an organism,
# the dose of a drug that no list has, goals and alarm limits, the values in the
# brackets of another day; an allergy ends where something is given.
run() { # DOC IDS TEXT
	printf '{"text":"%s"}\n' "$3" |
	    mdx-extract -p severe-pneumonia --doc "$1" --only "$2" |
	    jq -c '.indicators | map_values(select(. != null and . != []))'
}
run microbiology organism.name '痰培养：肺炎克雷伯菌2+，余为正常菌群。'
run microbiology organism.name '痰培养：草绿色链球菌、奈瑟菌属，正常口咽菌群。'
run microbiology organism.name,organism.resistance '血培养：表皮葡萄球菌，非污染菌（ESBL阴性）。'
run progress_note drug.name,drug.dose '莫西沙星静滴，某新药40mg每日一次；头孢类过敏，予美罗培南1g+0.9%氯化钠100ml。'
run icu_note spo2,fio2,peep '目标：SpO2≥92%。SpO2 95%，FiO2 45%，PEEP 6，较昨日（FiO2 60%，PEEP 10）下调。'
run icu_note vent,intubation,crrt '家属同意后行气管插管，CRRT期间血压平稳。另有无创呼吸机1台备用。'
run icu_note sbp,dbp '血压 85/50(90-140/60-90)mmHg。'
run progress_note drug.name,drug.dose '美罗培南1g，每8小时1次，减量为0.5g。'
run icu_note crrt '昨日未行CRRT，今天CRRT治疗中。'
run chest_ct pleural_effusion '右侧胸腔见弧形液性低密度影。'
run chest_ct pleural_effusion 'CTPA示右肺动脉PE。'
run chest_ct pleural_effusion 'GGO+，PE-'
run progress_note heart_rate,sbp,dbp,spo2,temp_max '体温最高39.2℃，现37.8℃。心率130次/分，现110次/分。血压80/45mmHg，现110/65mmHg，SpO2 85%，现95%。'
run microbiology organism.name,organism.resistance '痰培养：鲍曼不动杆菌3+，为CRAB。EB病毒DNA <400拷贝/ml，巨细胞病毒DNA 低于检测下限，腺病毒核酸阳性。'
