# A `*` in a field runs over the ids of the catalogue, one rule for each; one
# that fits none is a fault.
cat >r.csv <<'END'
id,kind,field,check,arg,message
DAY,inpatient,*mit_time,date,"[1950-01-01,now]",日期不合理
END
mdx-qc rules -r r.csv --only 'DAY*' --now 2026-01-01 --format csv | cut -d, -f1,4,5,6
echo '{"admit_time":"2027-01-01","_mdx":{"kind":"inpatient"}}' |
    mdx-qc -r r.csv --only 'DAY*' --now 2026-01-01 --fail-on never
sed 's/mit_time/mit_tme/' r.csv >no.csv
mdx-qc rules -r no.csv
