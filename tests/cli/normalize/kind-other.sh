# A table whose kind nobody could tell: columns whose names say by themselves
# what they are become fields all the same, what has its meaning from the kind
# stays; the report says how many records no row had work for.
mdx-normalize --report r.json >out <<'END'
{"诊断名称":"高血压","药品名称":"阿司匹林","单次剂量":"100mg","手术名称":"阑尾切除术","体温":"36.5","日期":"2018年1月2日","数量":"3","_mdx":{"kind":"other"}}
{"日期":"2018年1月2日","数量":"3","_mdx":{"kind":"other"}}
END
jq -c 'del(._mdx.norm, .diagnosis_codes, .drug_codes, .surgery_codes)' out
jq -c '[.diagnosis_codes[]?.code, .drug_codes[]?.code, (.surgery_codes | length)]' out
jq -c .normalize.untouched r.json
