# What a run would find out with its first record, or never, check says: a
# kind, a system, a unit and an expression in a map, days that never were and
# codes without their system's form in mappings and in a filled review file;
# what is right passes, and so does a kind that the map itself makes.
cat >map.csv <<'CSV'
source,kind,column,when,target,type,arg,with,null,note
,,一,,diagnosis,term,"icd10-yb,icd10-lg@2.0",,,
,,二,,x,jq,.[,,,
,,三,,value,result,mmol/L,unit=ug/mL,,
,,四,,value,result,mmmol/L,unit=ng/mll,,
,,五,,value,result,,unit=@单位,,
,diagnosis|diagnose,六,,x,trim,,,,
,,七,,kind,const,ours,,,
,ours,八,,x,trim,,,,
CSV
cat >diagnosis.csv <<'CSV'
term,code,display,system,version,status,date
甲,E11.900,甲病,icd10-yb,2.0,APPROVED,2026/2/28
乙,11.9,乙病,icd10-yb,2.0,APPROVED,2026-02-30
丙,11.9,乙病,icd10-yb,2.0,UNCHECKED,
丁,E11.900,甲病,icd10-yb,2.0,APPROVED,2026-13
CSV
cat >todo.csv <<'CSV'
pick,field,term,code,system,version,status
1,surgery,丁,,icd9cm3-yb,2.0,APPROVED
,surgery,戊,A1,icd9cm3-yb,2.0,APPROVED
,surgery,己,88.5500,icd9cm3-by,2.0,已审
CSV
mdx-normalize check map.csv diagnosis.csv todo.csv
echo "exit $?"
mdx-normalize check --approved diagnosis.csv
