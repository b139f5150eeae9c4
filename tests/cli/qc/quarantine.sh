# Each record is in the output, the quarantine or the rejects, once; the counts
# add up.
mdx-qc --rules-only -r "$CASES/rules.csv" --quarantine bad -o good --rejects rejects \
    --report report --fail-on never --max-rejects 1 <<'END'
{"dept":"a","age":1}
{"age":1}
{"dept":"a","age":200}
not json
{"dept":"b"}
END
echo "status $?"
for f in good bad rejects; do echo "-- $f"; cut -c 1-120 $f; done
jq -c '.in.records,.out.records,.set_aside,.qc' report
mdx-qc --rules-only -r "$CASES/rules.csv" --quarantine bad2 --quarantine-at warn \
    --fail-on never good >/dev/null && wc -l <bad2
