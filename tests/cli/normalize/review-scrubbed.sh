# A term with a person's number or name is told in the review file without it,
# for it is frequent or not; but no record has what is left, so nothing is
# offered for it, and learn refuses it where somebody signs it all the same.
mkdir terms
printf 'code,name\nA1,砧骨恶性肿瘤\n' >terms/icd10-yb@9.csv
mdx-normalize --terms terms --systems icd10-yb --review todo.csv >/dev/null <<'END'
{"诊断名称":"砧骨Ca,电话13812345678","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"砧骨Ca","_mdx":{"kind":"diagnosis"}}
END
cat todo.csv
sed -i 's/^,/1,/; s/UNCHECKED/APPROVED/' todo.csv
mdx-normalize learn --terms terms todo.csv
echo "exit $?"
ls terms/approved 2>/dev/null
grep -v PHONE todo.csv >some.csv
mdx-normalize learn --terms terms some.csv | jq -c .mappings
