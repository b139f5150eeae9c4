# Every planted fault of a broken pack, a broken terms folder and a broken
# policy is told in one run, with place and remedy.
mkdir -p pack/terms terms/approved
cat >pack/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
good,好,good,,L1,,text,,,,,,,,,,
bad,坏,bad,,L9,,nmber,,,,,,,,,,
END
cat >pack/map.csv <<'END'
source,kind,column,when,target,type,arg,with,null,note
,,某日,,time,dat,,,,
,,某列,,no_such_field,text,,,,
END
cat >pack/terms/diagnosis.csv <<'END'
term,code,display,system,version,status
甲,A1.0,甲病,,2.0,APPROVED
乙,A1.0,乙病,icd10-yb,2.0,APROVED
END
cat >terms/icd10-gl@2.0.csv <<'END'
code,name,parent,status
A01.000,甲病,,
A01.000,乙病,,
END
cat >terms/icd10-yb@9.0.csv <<'END'
code,name,parent,status
B01.000,甲病,,
1.1E+20,乙病,,
END
cat >terms/icd9cm3-yb@9.0.csv <<'END'
code,name,parent,status
00.0100,某手术,,
Q1,某操作,00.9,
00.0200,另一手术,00.8,
END
cat >'terms/icd9cm3-gl@9.0+icd9cm3-yb@9.0.csv' <<'END'
code_from,code_to,preferred
00.0100,00.0100,
00.0300,00.0399,
END
cat >terms/approved/surgery.csv <<'END'
term,code,display,system,version,relation,status,reviewer,date
某,00.0300,某手术,icd9cm3-yb,9.0,exact,APPROVED,li,2026-11-01
另,00.0100,某手术,icd9cm3-yb,9.0,exact,APPROVED,li,2026-11-01
另,,,,,none,APPROVED,wu,2026-11-01
此,00.0100,某手术,icd9cm3-yb,9.0,exact,APPROVED,li,2026-11-02
此,00.0200,另一手术,icd9cm3-yb,9.0,exact,APPROVED,wu,2026-11-02
END
cat >policy.csv <<'END'
field,class,arg,note
patient_id,hash,,
*,keep,,
END
echo x,y >what.csv
mdx-normalize check --terms terms pack policy.csv what.csv missing.csv
