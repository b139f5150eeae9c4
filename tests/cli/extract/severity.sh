# Severity scores come out of gathered records and nowhere else: notes, CT and
# laboratory of one visit; the value of each step is what a reader counts.
cat >notes.ndjson <<'END'
{"patient_id":"P1","visit_id":"V1","age":"72","_mdx":{"id":"a","kind":"inpatient"}}
{"patient_id":"P1","visit_id":"V1","time":"2024-01-30T20:00:00+08:00","text":"今日T39.2℃，P110次/分，R32次/分，BP85/50mmHg。神志模糊，GCS 12分。予气管插管接呼吸机辅助通气，FiO2 60%，PEEP 8cmH2O，氧合指数150mmHg。去甲肾上腺素泵入维持血压。","_mdx":{"id":"b","kind":"progress_note"}}
{"patient_id":"P2","visit_id":"V2","time":"2024-01-30T20:00:00+08:00","text":"今日T37.0℃，P80次/分，R18次/分，BP120/70mmHg。神志清楚。","_mdx":{"id":"c","kind":"progress_note"}}
END
cat >labs.ndjson <<'END'
{"patient_id":"P1","visit_id":"V1","time":"2024-01-30T21:00:00+08:00","test":"尿素","value":"9.1","unit":"mmol/L","_mdx":{"id":"d","kind":"lab"}}
{"patient_id":"P1","visit_id":"V1","time":"2024-01-30T21:00:00+08:00","test":"血小板计数","value":"90","unit":"10*9/L","_mdx":{"id":"e","kind":"lab"}}
{"patient_id":"P1","visit_id":"V1","time":"2024-01-30T21:00:00+08:00","test":"总胆红素","value":"25","unit":"umol/L","_mdx":{"id":"f","kind":"lab"}}
{"patient_id":"P1","visit_id":"V1","time":"2024-01-31T06:00:00+08:00","test":"肌酐","value":"180","unit":"umol/L","_mdx":{"id":"g","kind":"lab"}}
END
mdx-extract -p severe-pneumonia --doc icu_note notes.ndjson >read.ndjson
jq -c 'select(.indicators.curb65 != null or .indicators.sofa != null)' read.ndjson
mdx-extract gather --on patient_id,visit_id read.ndjson labs.ndjson |
	mdx-extract -p severe-pneumonia >course.ndjson
jq -c '.indicators | {age, confusion, urea, resp_rate, sbp, dbp, pf_ratio, peep, vent, vasopressor, gcs, plt, bilirubin, creatinine, curb65, severe, berlin, sofa}' course.ndjson
