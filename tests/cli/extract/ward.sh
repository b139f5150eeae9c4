# Notes of a ward and an ICU: pressures told one by one, what follows a word
# that keeps its own number, tables by columns, verbs that end in 至.
run() {	# run DOC FIELDS TEXT
	jq -cn --arg t "$3" '{text: $t}' | mdx-extract -p severe-pneumonia \
		--doc "$1" | jq -c --arg f "$2" '.indicators |
		with_entries(select(.key | IN($f | split(",")[])))'
}
run icu_note sbp,dbp '收缩压118mmHg，舒张压64mmHg，MAP 82mmHg。'
run icu_note sbp,dbp 'SBP/DBP 104/60，MAP 75。肺动脉收缩压45mmHg。'
run icu_note heart_rate,spo2 '心率最快130次/分，现110次/分；SpO2最低84，现95%。'
run icu_note pf_ratio '氧合指数由昨日98升至今日116。'
run icu_note sbp,dbp 'BP一过性降至76/40mmHg，补液0.5L后回升至110/65mmHg。'
run icu_note temp_max,resp_rate,heart_rate,sbp,dbp,spo2 '时间 T(℃) P(次/分) R(次/分) BP(mmHg) SpO2(%)
08:00 38.2 110 26 128/72 94
12:00 37.6 98 22 126/70 96'
run icu_note temp_max,heart_rate '时间 | T/℃ | HR | RR
昨日20:00 | 39.4 | 128 | 30
07:00 | 38.1 | 99 | 21'
run icu_note temp_max,heart_rate,resp_rate 'T 38.2 P 110 R 26
37.1 90 20 18 22 24'
run icu_note drug '头孢哌酮舒巴坦3g q8h + 奥硝唑0.5g bid（患者拒用奥硝唑，已停）。'
run icu_note drug '今日起换头孢他啶阿维巴坦2.5g q8h
万古霉素停用；换利奈唑胺0.6g q12h'
run icu_note drug '头孢哌酮舒巴坦3g q6h。停用莫西沙星（已用7天）。'
run icu_note crrt,vent 'CVVH已做5次，昨日19时因凝血下机。呼吸机PSV。CRRT：已撤机3天。'
run icu_note sbp,vasopressor 'BP 118/66mmHg（未用血管活性药）。'
run icu_note fio2 '呼吸机FiO2 50%。ECMO：血流3.8L/min，FiO2 100%。'
run progress_note cough,hemoptysis '咳嗽（有） 咯血（无）'
run icu_note vent,peep 'PEEP 10cmH2O，FiO2 40%，潮气量410ml。'
run icu_note vent,peep '目标PEEP≥10cmH2O，建议潮气量6ml/kg。'
run progress_note vent,intubation '气管插管：否    有创通气：否'
run icu_note prone,vasopressor '昨日撤除ECMO，今日暂不俯卧位，升压药都没有。'
