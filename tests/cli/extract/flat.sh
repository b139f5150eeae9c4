# --flat: a CSV row a record; --long: a line an indicator; the same whatever -j.
cat >in.ndjson <<'END'
{"patient_id":"007","text":"右叶结节大小1.0x0.9x0.8cm，左叶结节大小12x9mm，均行微波消融，功率40W。","_mdx":{"id":"=a1"}}
{"patient_id":"8","text":"右叶结节消融，功率30W，又记功率35W。可疑完全消融。","indicators":{"fu_months":3},"_mdx":{"id":"a2"}}
{"patient_id":"9","no":"text"}
END
mdx-extract -p thyroid-ablation --flat in.ndjson | tee one.csv
mdx-extract -p thyroid-ablation --flat -j 3 in.ndjson | cmp - one.csv
mdx-extract -p thyroid-ablation --long --only lesion.power,outcome in.ndjson
mdx-extract -p thyroid-ablation --flat --only fu_months,sex in.ndjson

echo '{"id":"A1","text":"心超：LA 34mm。"}' | mdx-extract -p echo --only la --flat
