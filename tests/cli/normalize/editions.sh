# Both editions: the second follows the code map, else an equal name, else it
# is a gap that the review file asks about.  Codes that look the same are not.
mkdir terms
cat >terms/icd10-gl@2.0.csv <<'END'
code,name
K29.500,甲病
K29.501,乙病
K29.502,丙病
K29.503,丁病
K29.504,戊病
END
cat >terms/icd10-yb@2.1.csv <<'END'
code,name,status
K29.500x001,医保甲病,
K29.600x001,医保乙病一,
K29.600x002,医保乙病二,
K29.700x001,医保丙病,retired
K29.800x001,丁病,
K29.504,别的病,
END
cat >'terms/icd10-gl@2.0+icd10-yb@2.1.csv' <<'END'
code_from,code_to,preferred
K29.500,K29.500x001,
K29.501,K29.600x001,
K29.501,K29.600x002,
K29.502,K29.700x001,
END
for t in 甲病 乙病 丙病 丁病 戊病; do
	echo '{"诊断名称":"'$t'","_mdx":{"kind":"diagnosis"}}'
done | mdx-normalize --terms terms --systems icd10-gl,icd10-yb --review todo.csv
cut -d, -f4,6,20-22 todo.csv
