# A code in the data that the name does not have: the name that a person signed
# stands, and that the two disagree is noted and counted; a category does not
# contradict its code.  Where another member has the place of the codes, the
# field is unmapped and not approved at once.
mkdir -p terms/approved
cat >terms/approved/diagnosis.csv <<'END'
term,code,display,system,version,relation,status
砧骨病,I10.x00,砧骨病,icd10-yb,2.0,exact,APPROVED
砧骨病,I10.x01,砧骨病,icd10-gl,2.0,exact,APPROVED
随便,,,,,none,APPROVED
END
cat >night.ndjson <<'END'
{"诊断名称":"砧骨病","诊断编码":"I10.x00","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"砧骨病","诊断编码":"I10.x01","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"砧骨病","诊断编码":"I10","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"砧骨病","诊断编码":"E11.900","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"随便","诊断编码":"E11.900","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"砧骨病","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"砧骨病","diagnosis_codes":"I10","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"砧骨病","diagnosis_codes":[],"_mdx":{"kind":"diagnosis"}}
END
mdx-normalize --terms terms --report r.json night.ndjson >out
jq -c '._mdx.norm | [.diagnosis.status, .diagnosis.reason, .diagnosis.note, .unmapped]' out
jq -c .normalize.codes,.normalize.codes_disagree r.json
echo '{"term":"砧骨病","code":"E11.900"}' | mdx-normalize lookup --terms terms --top 1
mdx-normalize --terms terms out | cmp - out
