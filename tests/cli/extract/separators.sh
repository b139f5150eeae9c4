# A table that a spreadsheet saved with semicolons is told from one whose
# columns have other names.
printf 'patient_id;fu_months\n1;3\n' >fu.csv
printf 'key;path;new_value;reviewer\nr1;outcome;-;W\n' >filled.csv
printf 'patient;fu_months\n1;3\n' | tr ';' , >other.csv
echo '{"patient_id":"1","text":"x"}' >in.ndjson
mdx-extract -p thyroid-ablation --join fu.csv in.ndjson
mdx-extract -p thyroid-ablation --join other.csv in.ndjson
mdx-extract -p thyroid-ablation --corrections filled.csv in.ndjson
mdx-extract review apply filled.csv in.ndjson
