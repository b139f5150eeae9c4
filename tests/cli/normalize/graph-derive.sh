# Codes that share visits: with the visits kept derived anew, without them from
# the visits of the run.
for i in 1 2 3 4 5 6; do
	printf '{"patient_id":"P%d","visit_id":"V%d","time":"2020-01-0%d","diagnosis_codes":[{"code":"D","system":"icd10-yb"}],"drug_codes":[{"code":"M","system":"atc"}]}\n' $i $i $i
	printf '{"patient_id":"P%d","visit_id":"V%d","time":"2020-02-0%d","test_codes":[{"code":"T","system":"loinc"}]}\n' $i $((i > 3 ? 9 : i)) $i
done >in.ndjson
mdx-normalize graph --derive --db g.sqlite in.ndjson
sqlite3 g.sqlite "SELECT * FROM triple WHERE source = 'derived'"
echo '--- again, with less'
mdx-normalize graph --derive --min-support 3 --db g.sqlite in.ndjson
sqlite3 g.sqlite "SELECT * FROM triple WHERE source = 'derived'"
echo '--- no visit is kept'
mdx-normalize graph --derive --min-support 3 --patients none in.ndjson
