# L1 on a course: one value out of the records of a kind, a row for a whole
# table, days of a drug; L3 of kind course from them; twice is once.
mkdir -p mine/terms
cat >mine/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
urea,尿素,,检验,L1,course,number,mmol/L,,,,lab[test=尿素].value:max,,,,,
urea_mean,平均尿素,,检验,L1,course,number,mmol/L,,,,lab[test=尿素].value:mean,,,,,
urea_n,尿素次数,,检验,L1,course,integer,,,,,lab[test=尿素].value:count,,,,,
urea_first,首次尿素,,检验,L1,course,number,mmol/L,,,,lab[test=尿素].value:first,,,,,
wrong,单位不符,,检验,L1,course,number,mmHg,,,,lab[test=尿素].value:last,,,,,
mine.@mine,检验,,检验,L1,course,number,,,,,lab[test=@mine].value:last,,,,,
drug_days,用药天数,,用药,L1,course,integer,d,,,,drug[drug=美罗培南].drug:days,,,,,
drug_first,首个药,,用药,L1,course,text,,,,,drug.drug:first,,,,,
high,尿素高,,评分,L3,course,bool,,,,,,.urea > 7,,,,
END
cat >mine/terms/mine.csv <<'END'
field,term,code,display,system,version,relation,status
lab,血肌酐,14682-9,CREA,loinc,2.77,exact,APPROVED
END
mdx-extract gather --on patient_id >course.ndjson <<'END'
{"patient_id":"P1","time":"2024-01-31","test":"尿素","value":7.9,"unit":"mmol/L","_mdx":{"kind":"lab"}}
{"patient_id":"P1","time":"2024-02-01","test":"尿素","value":"8600","unit":"umol/L","_mdx":{"kind":"lab"}}
{"patient_id":"P1","time":"2024-02-02","test":"尿素","value":"溶血","_mdx":{"kind":"lab"}}
{"patient_id":"P1","time":"2024-02-01","test":"Cr","test_codes":[{"code":"14682-9","display":"肌酐"}],"value":88,"_mdx":{"kind":"lab"}}
{"patient_id":"P1","time":"2024-02-02","test":"血肌酐","value":92,"_mdx":{"kind":"lab"}}
{"patient_id":"P1","drug":"美罗培南","start":"2024-01-30","end":"2024-02-02","_mdx":{"kind":"drug"}}
{"patient_id":"P1","drug":"美罗培南","start":"2024-02-02T20:00:00","end":"2024-02-03","_mdx":{"kind":"drug"}}
{"patient_id":"P1","drug":"美罗培南","time":"2024-02-09","_mdx":{"kind":"drug"}}
END
mdx-extract -p ./mine course.ndjson >once.ndjson
jq -c '.indicators | del(.[keys[] | select(startswith("lab."))])' once.ndjson
jq -c '._mdx.extract[] | select(.path | startswith("lab.") | not) | [.path, .value, .src, .status, .why]' once.ndjson
mdx-extract -p ./mine once.ndjson | cmp - once.ndjson && echo twice is once
# A record with hundreds of members gives its value all the same.
awk 'BEGIN { printf "{\"patient_id\":\"P9\""
	for (i = 0; i < 300; i++) printf ",\"m%d\":%d", i, i
	print ",\"test\":\"尿素\",\"value\":5.5,\"_mdx\":{\"kind\":\"lab\"}}" }' |
	mdx-extract gather --on patient_id | mdx-extract -p ./mine --only urea | jq -c .indicators
