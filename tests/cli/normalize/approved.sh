# A hospital's approved table beats the shipped one; "none" is a decision too.
cat >diagnosis.csv <<'END'
term,code,display,system,version,relation,status,reviewer,date
不知何病,R69.x00,未特指的疾病,icd10-yb,2.0,exact,APPROVED,li,2026-11-01
没有编码,,,,,none,APPROVED,li,2026-11-01
待定,R69.x00,未特指的疾病,icd10-yb,2.0,exact,UNCHECKED,,
END
mdx-normalize --approved diagnosis.csv <<'END'
{"诊断名称":"不知何病","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"没有编码","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"待定","_mdx":{"kind":"diagnosis"}}
END
