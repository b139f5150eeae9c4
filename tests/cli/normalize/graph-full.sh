# Where the disk is full the graph stands as it was, and the same command goes on.
awk 'BEGIN { for (i = 0; i < 4000; i++)
	printf "{\"patient_id\":\"P%d\",\"diagnosis_codes\":[{\"code\":\"C%d\",\"display\":\"诊断%d\",\"system\":\"icd10-yb\",\"version\":\"2.0\"}],\"_mdx\":{\"id\":\"r%d\"}}\n", i, i, i, i }' >in.ndjson
head -n 100 in.ndjson >first.ndjson
mdx-normalize graph --db g.sqlite first.ndjson
sqlite3 g.sqlite .dump >before.sql
trap '' XFSZ
(ulimit -f 100; mdx-normalize graph --db g.sqlite in.ndjson) 2>err
echo "status $?"
wc -l <err
sqlite3 g.sqlite .dump | cmp - before.sql && echo "as it was"
(ulimit -f 100; mdx-normalize graph --entities e in.ndjson) 2>err
echo "status $?"
wc -l <err
ls e 2>/dev/null
mdx-normalize graph --db g.sqlite --stats --report report.json in.ndjson
jq -c '[.in.records, .skipped, .normalize.taken.records]' report.json
