# A new version stands beside the old one; approved answers whose code is gone
# head the next review file with the proposal of the code map.
mkdir -p terms/approved
put() {
	printf '诊断代码,诊断名称\n%s\n' "$2" >"医保$1.csv"
	mdx-normalize import --terms terms "医保$1.csv"
}
put 2.0 'Z90.100,甲病
Z90.200,乙病
Z90.300,丙病
Z90.400,丁病'
cat >terms/approved/diagnosis.csv <<'END'
term,code,display,system,version,status,reviewer,date
甲,Z90.100,甲病,icd10-yb,2.0,APPROVED,li,2026-11-01
乙,Z90.200,乙病,icd10-yb,2.0,APPROVED,li,2026-11-01
丙,Z90.300,丙病,icd10-yb,2.0,APPROVED,li,2026-11-01
丁,Z90.400,丁病,icd10-yb,2.0,APPROVED,li,2026-11-01
END
put 10.0 'Z90.100,甲病
Z90.201,乙病一
Z90.202,乙病二
Z90.301,丙病
Z90.500,戊病'
cat >map.csv <<'END'
code_from,code_to
Z90.200,Z90.201
Z90.200,Z90.202
END
mdx-normalize import --terms terms --from icd10-yb@2.0 --to icd10-yb@10.0 map.csv
cat terms/approved/diagnosis.csv
echo '{"诊断名称":"乙","_mdx":{"kind":"diagnosis"}}' |
	mdx-normalize --terms terms --systems icd10-yb --review todo.csv >/dev/null
cut -d, -f2-6,9-12,14,19-22 todo.csv
# The same again changes nothing; other codes want a version that is said.
put 10.0 'Z90.100,甲病
Z90.201,乙病一
Z90.202,乙病二
Z90.301,丙病
Z90.500,戊病'
