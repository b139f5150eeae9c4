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
