# Rows of --join and --corrections that no record takes are counted in the
# report and said in one line, with the first of them; -q says nothing.
cat >records <<'END'
{"patient_id":"1","text":"右叶结节微波消融","_mdx":{"id":"r1"}}
{"patient_id":"2","text":"左叶结节微波消融","_mdx":{"id":"r2"}}
END
cat >fu.csv <<'END'
patient_id,fu_months
1,3
3,6
,9
END
cat >filled.csv <<'END'
key,path,new_value,reviewer
r1,fu_months,4,W
r2,outcome,,
r3,outcome,完全消融,W
r2,lesion.7.power,40,W
END
run() {
	mdx-extract -p thyroid-ablation --only outcome,fu_months,lesion.power \
	    --report r.json "$@" records -o out.ndjson
	jq -c '.extract | [.join, .corrections]' r.json
}
run --join fu.csv
run --join fu.csv --corrections filled.csv -j 4
run --join fu.csv -q
printf 'patient_id,fu_months\n1,3\n2,4\n' >all.csv
run --join all.csv
