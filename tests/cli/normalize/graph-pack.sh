# A pack's graph.csv comes before the shipped rows: another member, another
# kind, another date.
mkdir own
head -n 1 "$MDX_SHARE/packs/thyroid-ablation/indicators.csv" >own/indicators.csv
cat >own/graph.csv <<'CSV'
kind,member,type,predicate,date
fees,item,fee,paid_for,pay_time|time
lab,test_codes,lab,was_measured,report_time
CSV
mdx-normalize graph -p ./own --entities e --relations - <<'IN'
{"patient_id":"P1","item":["床位费","护理费"],"time":"2020-01-02","pay_time":"2020-01-09","_mdx":{"id":"1","kind":"fees"}}
{"patient_id":"P1","item":"床位费","_mdx":{"id":"2","kind":"icu"}}
{"patient_id":"P1","test_codes":{"code":"1","system":"loinc"},"time":"2020-01-02","_mdx":{"id":"3","kind":"lab"}}
{"patient_id":"P1","test_codes":{"code":"1","system":"loinc"},"time":"2020-01-02","_mdx":{"id":"4","kind":"course"}}
IN
cut -d , -f 1 e
