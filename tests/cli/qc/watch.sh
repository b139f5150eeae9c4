# One alert when a condition begins and one when it ends; with --alerts the
# records go on byte for byte.
cat >rules.csv <<'END'
id,check,arg,when,severity,message
ICU-SPO2-HOLD,hold,< 90 for 60s,item = SpO2,error,血氧低于90%持续60秒
END
awk 'BEGIN { for (i = 0; i <= 180; i++)
	printf "{\"time\":\"2026-01-01T08:%02d:%02dZ\",\"bed\":\"ICU-03\",\"item\":\"SpO2\",\"value\":%d}\n",
	    i / 60, i % 60, i < 90 ? 86 : 97 }' >samples.ndjson
mdx-qc watch --rules-only -r rules.csv samples.ndjson
mdx-qc watch --rules-only -r rules.csv --alerts alerts.ndjson samples.ndjson |
	cmp - samples.ndjson && wc -l <alerts.ndjson
