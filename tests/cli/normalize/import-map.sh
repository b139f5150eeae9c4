# A code map by its headers or by the words for the editions; one blank around
# a code is counted; remap agrees in both directions and passes nothing on.
printf '国临版编码,国临版名称,医保版编码,医保版名称\nA1.0,甲,B1.0,甲医\nA2.0 ,乙,B1.0,甲医\nA3.0,丙,B3.0,丙一\nA3.0,丙,B4.0,丙二\n' >对照.csv
mdx-normalize import --terms terms --as map --from icd10-gl@2.0 \
    --to icd10-yb@2.0 对照.csv 2>&1 | head -n 1
sed 's/\([AB]\)\([0-9]\)/\10\2/g' 对照.csv >对照二.csv
mdx-normalize import --terms terms --as map --from icd10-gl@2.0 \
    --to icd10-yb@2.0 对照二.csv
cat terms/*+*.csv
printf '诊断代码,诊断名称\nB01.0,甲医\nB03.0,丙一\nB04.0,丙二\n' >医保2.0.csv
mdx-normalize import --terms terms 医保2.0.csv
cat >cases.ndjson <<'END'
{"a":0.10,"x_codes":[{"code":"A01.0","display":"甲","system":"icd10-gl","version":"2.0"},{"code":"Z","system":"other","version":"1"}],"b":1}
{"x_codes":[{"code":"A03.0","system":"icd10-gl","version":"2.0"}],"_mdx":{"id":"1"}}
{"x_codes":[{"code":"A09.0","system":"icd10-gl","version":"2.0"},{"code":"A02.0","system":"icd10-gl","version":"2.0"}]}
{"x_codes":[{"code":"A01.0","system":"icd10-gl","version":"1.1"}],"y_codes":"none"}
END
remap() {
	mdx-normalize remap --terms terms --from icd10-gl@2.0 --to icd10-yb@2.0 "$@"
}
remap cases.ndjson --report r.json >once.ndjson
echo "exit $?"
cat once.ndjson
grep -o '"normalize":{.*}' r.json | head -c 90
echo
remap once.ndjson | cmp - once.ndjson && echo same
remap -j 8 cases.ndjson | cmp - once.ndjson && echo same
remap --max-unmapped 1 cases.ndjson >/dev/null
echo "exit $?"
echo '{"x_codes":[{"code":"B01.0","system":"icd10-yb","version":"2.0"},{"code":"B03.0","system":"icd10-yb","version":"2.0"}]}' |
	mdx-normalize remap --terms terms --from icd10-yb@2.0 --to icd10-gl@2.0
mdx-normalize remap --terms terms --from loinc@1 --to icd10-yb@2.0 cases.ndjson
