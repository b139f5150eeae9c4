# Vital signs as they are dictated or misread, and what a ward note has done.
x() {	# x DOC TEXT FILTER
	jq -cn --arg t "$2" '{text: $t}' |
		mdx-extract -p severe-pneumonia --doc "$1" | jq -c ".indicators | $3"
}
signs='[.temp_max, .heart_rate, .resp_rate, .sbp, .dbp, .spo2]'
x icu_note '体温三十八点六度，心率一百零五次每分，呼吸二十六，血压一百一十/六十五，血氧百分之九十三。' "$signs"
x icu_note '最高体温三十九度，现三十七度八。' .temp_max
x icu_note 'T 38,4℃ HR 12O RR 3O BP 9O/5O SpO2 9O%' "$signs"
x icu_note '体温36。5℃，血压1OO/6O，PEEP 8cmH2O。' '[.temp_max, .sbp, .peep]'
x icu_note '十、诊断：重症肺炎。二十三床。床头抬高三十度。' "$signs"
x admission_note '血压12.0/8.0kPa（90/60mmHg）。' '[.sbp, .dbp]'
x progress_note 'SpO2 91%（吸空气），后予鼻导管5L/min升至95%。' .spo2
drugs='[.drug[].name]'
x progress_note '会诊建议停用头孢曲松，换莫西沙星0.4g qd（已执行）。' "$drugs"
x progress_note '会诊建议停用头孢曲松，换莫西沙星0.4g qd。' "$drugs"
x progress_note '伏立康唑0.2g q12h（负荷0.4g为昨日）。' '[.drug[].dose]'
x progress_note 'CRRT计划今晚开始，家属未同意。' .crrt
x progress_note '同病房1床体温39.5℃，本患者最高体温37.8℃。' .temp_max
x icu_note 'T/P/R/BP：37.5℃/92/22/130/80。' "$signs"
x icu_note 'T、P、R、BP分别为36.9℃、80次/分、19次/分、122/70mmHg。' "$signs"
x progress_note '体温：6:00 37.4，14:00 38.8，22:00 37.9℃。' .temp_max
x icu_note '亚低温37.0℃以下控制，实测36.8℃。' .temp_max
x icu_note '呼吸机纯氧通气，呼之无反应。' '[.fio2, .confusion]'
x icu_note '替加环素100mg首剂后50mg q12h，今为第4天。' '[.drug[] | [.dose, .days]]'
x icu_note '头孢西丁皮试阴性后用2g q6h；奥司他韦（75mg/粒）2粒 bid。' '[.drug[] | [.name, .dose]]'
x icu_note '呼唤睁眼，不能言语（插管）；拔除股静脉插管。' .intubation
x icu_note '血压88/50mmHg，予去甲肾上腺素泵入后105/60mmHg。' '[.sbp, .dbp]'
x icu_note '5月3日 T 39.0；5月4日（今日） T 37.8。' .temp_max
x icu_note 'CRRT stopped yesterday, on levophed 0.12; off vasopressin.' '[.crrt, .vasopressor]'
x icu_note '是否俯卧位：是；是否ECMO：否；氧合指数（俯卧）142。' '[.prone, .ecmo, .pf_ratio]'
x icu_note '血压由118/70降至84/46，补液后恢复至112/68；CRRT滤器凝血下机。' '[.sbp, .dbp, .crrt]'
x progress_note '护理宣教：指导有效咳嗽、咳痰。SpO2<90%通知医生。' '[.cough, .sputum, .spo2]'
x progress_note '科室备有ECMO、CRRT。指南推荐头孢曲松2g qd。' '[.ecmo, .crrt, .drug]'
x progress_note '会诊意见：1.可加用去甲肾上腺素；2.可行CRRT；3.继续美罗培南1g q8h。' '[.vasopressor, .crrt, .drug[].name]'
