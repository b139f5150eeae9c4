# A field is asked for by its name in records or by that of its mappings; a
# system that nothing knows, and a line that is no UTF-8, are told.
echo 血沉 | mdx-normalize lookup --field test
echo 血沉 | mdx-normalize lookup --field lab
echo 胃癌 | mdx-normalize lookup --field admit_diagnosis --system icd10-yb
echo 胃癌 | mdx-normalize lookup --system icd10-by
echo "exit $?"
echo '{"诊断名称":"胃癌","_mdx":{"kind":"diagnosis"}}' |
	mdx-normalize --systems icd10-yb,icd10-lg
echo "exit $?"
printf '\316\270\260\251\n' | mdx-normalize lookup
