# Two answers of one day, codes that do not exist, picks of nothing: all are
# named with their places, and nothing is written.
mkdir terms
printf 'code,name\nA1,砧骨恶性肿瘤\nA2,砧液\n' >terms/own@1.csv
cat >one.csv <<'END'
field,term,code,system,version,status,reviewer,date
diagnosis,砧骨Ca,A1,own,1,APPROVED,li,2026-11-02
diagnosis,甲,A9,own,1,APPROVED,li,2026-11-02
diagnosis,乙,A1,,,APPROVED,li,2026-11-02
diagnosis,丙,A1,own,1,APPROVED,li,2.11.26
diagnosis,壬,A1,own,1,APPROVED,li,2026-02-30
diagnosis,丁,A1,own,1,PERHAPS,li,
END
cat >two.csv <<'END'
field,term,code,display,pick,system,version,status,reviewer,date,cand1
diagnosis,砧骨CA,A2,,,own,1,APPROVED,wu,2026-11-02,
diagnosis,戊,,,2,own,1,APPROVED,wu,,A1|砧骨恶性肿瘤|0.5
diagnosis,己,A1,,1,own,1,APPROVED,wu,,A1|砧骨恶性肿瘤|0.5
diagnosis,庚,,没有的病,,own,1,APPROVED,wu,,
diagnosis,辛,,,,own,1,APPROVED,wu,,
END
mdx-normalize learn --terms terms one.csv two.csv
status=$?
ls terms
exit $status
