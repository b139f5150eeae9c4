# Terms that a spreadsheet would make numbers or dates of are guarded in the
# review file, a term that looks guarded gets one quote more, and all of them
# come back as they were, through learn and as a table of mappings.
mkdir terms
printf 'code,name\n00.4500,砧血管置入一根支架\n' >'terms/icd9cm3-yb@2.0.csv'
night() {
	mdx-normalize --terms terms --systems icd9cm3-yb "$@" <<'END'
{"手术名称":"001234567890123456789","_mdx":{"kind":"surgery"}}
{"手术名称":"00.4500","_mdx":{"kind":"surgery"}}
{"手术名称":"1-2","_mdx":{"kind":"surgery"}}
{"手术名称":"'1-2","_mdx":{"kind":"surgery"}}
{"手术名称":"5E30","_mdx":{"kind":"surgery"}}
{"手术名称":"12345","_mdx":{"kind":"surgery"}}
{"手术名称":"2根","_mdx":{"kind":"surgery"}}
END
}
night --review todo.csv >/dev/null
sed 's/^\xEF\xBB\xBF//' todo.csv | cut -d, -f1,6,12
sed -e '1!s/^,/0,/' -e 's/UNCHECKED,/APPROVED,li/' todo.csv >filled.csv
mdx-normalize learn --terms terms filled.csv >learned
cut -d, -f2,9 terms/approved/surgery.csv
night | jq -c '[.surgery, ._mdx.norm.surgery.status]'
sed -e '1!s/,UNCHECKED/none,APPROVED/' todo.csv >surgery.csv
rm -r terms/approved
night --approved surgery.csv | jq -c '[.surgery, ._mdx.norm.surgery.status]' | sort | uniq -c | grep -c none
