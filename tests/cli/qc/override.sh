# A row with a generated rule's id and no check changes what it fills; a
# hospital's own pack adds a row, and its rules are there.
mkdir own
cat >own/indicators.csv <<'END'
id,name_zh,level,kind,type,unit,values,low,high
own.power,功率,L2,surgery,number,W,,0,200
END
cat >own/rules.csv <<'END'
id,check,severity,max_fail,message
own.power:range,,fatal,5%,功率超出设备上限
own.nothing:range,,,,x
END
mdx-qc rules -p ./own --only 'own.*'
sed -i '/nothing/d' own/rules.csv
mdx-qc rules -p ./own --only 'own.*' --format csv
mdx-qc -p ./own --only 'own.*' --fail-on never <<'END'
{"indicators":{"own":[{"power":250},{"power":{"min":10,"max":20}},{"power":{"min":10,"max":201}}]},"_mdx":{"kind":"surgery"}}
{"indicators":{"own.power":30},"_mdx":{"kind":"surgery","extract":[{"path":"own.power","unit":"kW"}]}}
{"indicators":{"own.power":null},"_mdx":{"kind":"surgery"}}
END
