# Vocabularies and code maps become is_a and maps_to; approved terms are names;
# all of them again change nothing.
mkdir -p terms/approved
printf 'code,name,aliases,parent,status\nC16,胃恶性肿瘤,,,parent\nC16.900,胃恶性肿瘤未特指,胃Ca;胃癌,C16,\nC16.901,旧码,,C16,retired\nR18.x00,腹水,,R18,\n' >'terms/icd10-yb@2.0.csv'
printf 'code,name\nC16.900x001,胃癌\n' >'terms/icd10-gl@2.0.csv'
printf 'code_from,code_to\nC16.900x001,C16.900\n' >'terms/icd10-gl@2.0+icd10-yb@2.0.csv'
printf 'term,code,system,version,relation,status\n%s\n%s\n%s\n%s\n' \
    '胃Ca术后,C16.900,icd10-yb,2.0,exact,APPROVED' '胃部肿物,C16.900,icd10-yb,2.0,broad,APPROVED' \
    '胃Ca腹水,C16.900,icd10-yb,2.0,,APPROVED' '胃Ca腹水,R18.x00,icd10-yb,2.0,,APPROVED' >terms/approved/diagnosis.csv
export MDX_TERMS=terms
mdx-normalize graph --vocabulary icd10-yb --vocabulary icd10-gl@2.0 --stats "$CASES/graph-records.ndjson" >lines
grep -E 'icd10-(yb:C16|yb:R18|gl:)' lines | grep -v has_diagnosis
mdx-normalize graph --db g.sqlite "$CASES/graph-records.ndjson"
for i in 1 2; do
	mdx-normalize graph --db g.sqlite --vocabulary icd10-yb --vocabulary icd10-gl --entities e --relations r </dev/null
	cat e r | cmp - lines && echo "the same"
done
mdx-normalize graph --vocabulary icd10-bj </dev/null
echo "status $?"
