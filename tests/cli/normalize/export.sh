# Five forms for other tools, and back: every approved answer survives, and
# first of all that a term has no code.
mkdir -p terms/approved
cat >terms/approved/diagnosis.csv <<'END'
field,term,unit,specimen,code,display,system,version,relation,status,reviewer,date,p,method,count,note
diagnosis,"胃Ca, 伴腹水",,,C16.900,胃恶性肿瘤,icd10-yb,2.0,exact,APPROVED,李,2026-11-01,0.97,learned,12,"说 ""明"""
diagnosis,"胃Ca, 伴腹水",,,R18.x00,腹水,icd10-yb,2.0,close,APPROVED,李,2026-11-01,,,12,
diagnosis,待查,,,,,,,none,APPROVED,李,2026-11-02,,,3,
diagnosis,未审,,,R69.x00,病,icd10-yb,2.0,exact,UNCHECKED,,,,,1,
lab,=血糖,mmol/L,血清,14749-6,Glucose,loinc,2.77,broad,APPROVED,王,2026-11-03,,,,
lab,血糖,mg/dL,血清,2345-7,Glucose,loinc,2.77,,APPROVED,王,2026-11-03,,,,
END
export MDX_TERMS=terms
mdx-normalize export --to csv >want.csv
for form in sssom stcm usagi conceptmap csv; do
	mdx-normalize export --to $form -o out.$form || exit
	echo "== $form"
	cat out.$form
	mdx-normalize import --terms back-$form out.$form || exit
	mdx-normalize export --terms back-$form --to csv | cmp - want.csv &&
		echo the same
done
mdx-normalize export --to xml
echo "exit $?"
mdx-normalize export --to csv --field lab --system loinc | wc -l
# a slip of the pen is no empty answer
mdx-normalize export --to csv --system loinc@2.77 | wc -l
mdx-normalize export --to csv --field nosuch
echo "exit $?"
mdx-normalize export --to csv --system loinc@9.9
echo "exit $?"
mdx-normalize export --to csv --field lab --system icd10-yb
echo "exit $?"
