# Where nothing was imported, the shipped mappings offer their codes: in the
# review file, in the record and to lookup; none is written.  Of an edition that
# no mapping names there is nothing to offer.
mdx-normalize --review todo.csv <<'END' | jq -c '.diagnosis_codes, (._mdx.norm.diagnosis | .status, .reason, .alts[0])'
{"诊断名称":"原发高血压病可能","_mdx":{"kind":"diagnosis"}}
END
tail -n 1 todo.csv
echo 阿司匹林肠溶 | mdx-normalize lookup --field drug --top 2
echo 原发高血压病可能 | mdx-normalize lookup --system icd10-gl@2.0 --top 1
echo 原发高血压病可能 | mdx-normalize lookup --system icd10-gl@9 --top 1
