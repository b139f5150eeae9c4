# A row with a table of limits becomes a rule for each item, found by index; a
# unit, sex or age that no row is for is an error, one not known does not apply.
cat >r.csv <<'END'
id,kind,field,check,arg,when,severity,message
LAB-REF,lab,value,参考范围,@labref.csv,status != 0,warn,检验值超出可能范围
END
cat >labref.csv <<'END'
test,单位,sex,age_low,age_high,low,high,x_source
血糖,mmol/L,,,,0.3,120,a
HGB,g/L,男,18,,60,220,b
HGB,g/L,女,18,,50,200,b
HGB,g/L,,,18,40,240,b
END
cat >in <<'END'
{"test":"血糖","value":"5.6","unit":"mmol/L","status":1}
{"test":"血糖","value":560,"unit":"mmol/L","status":1}
{"test":"血糖","value":560,"unit":"mmol/L","status":0}
{"test":"血糖","value":560,"unit":"mg/dL","status":1}
{"test":"血糖","value":560,"status":1}
{"test":"HGB","value":55,"unit":"g/L","sex":"2","age":18,"status":1}
{"test":"HGB","value":55,"unit":"g/L","sex":"M","age":18,"status":1}
{"test":"HGB","value":55,"unit":"g/L","sex":"M","age":"17.9","status":1}
{"test":"HGB","value":55,"unit":"g/L","age":18,"status":1}
{"test":"HGB","value":"未见","unit":"g/L","sex":"M","age":18,"status":1}
{"test":"K","value":55,"unit":"g/L","status":1}
END
mdx-qc --rules-only -r r.csv --kind lab --fail-on never --summary s --report report.json in
jq -r '.tables[].path' report.json
mdx-qc report --csv - --fail-on never s
mdx-qc explain --rules-only -r r.csv 'LAB-REF/HGB'
