# A state that is damaged, or of a newer version, ends the run before the first
# sample and stays as it was.
printf 'id,check,arg,message\nGAP,gap,10s,无数据\n' >rules.csv
echo '{"time":"2026-01-01T08:00:00Z","bed":"1","item":"HR","value":80}' >samples.ndjson
mdx-qc watch --rules-only -r rules.csv --state state samples.ndjson; echo $?
sed -i '2s/"zone":0/"zone":"x"/' state
mdx-qc watch --rules-only -r rules.csv --state state samples.ndjson; echo $?
echo '{"format":"mdx-watch-state/2"}' >state
mdx-qc watch --rules-only -r rules.csv --state state samples.ndjson; echo $?
cat state
# A gap that has not begun would be due for ever.
sed 's/"begun":true/"begun":false/; s/"last":[0-9]*/"last":0/g' >state <<'END'
{"format":"mdx-watch-state/1","clock":1767225600000000}
{"series":"{\"bed\":\"1\",\"item\":\"HR\"}","last":1767225600000000,"zone":0,"rules":[{"rule":"GAP","arg":"10s","open":false,"begun":true,"first":0,"last":1767225600000000,"value":0,"since":0,"count":0,"samples":[]}]}
END
mdx-qc watch --rules-only -r rules.csv --state state samples.ndjson; echo $?
: >state
mdx-qc watch --rules-only -r rules.csv --state state samples.ndjson; echo $?
