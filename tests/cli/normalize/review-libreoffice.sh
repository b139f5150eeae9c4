# A review file that LibreOffice opened and saved, as a table and as a
# spreadsheet with the reviewer's picks, comes back through learn: codes with
# zeros and long ids are what they were.
command -v soffice >/dev/null || { echo "no LibreOffice"; exit 77; }
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || { echo "no openpyxl"; exit 77; }
mkdir terms sheet saved
printf 'code,name\n00.4500,砧血管置入一根支架\n00.4600,砧血管置入两根支架\n' >'terms/icd9cm3-yb@2.0.csv'
night() {
	mdx-normalize --terms terms --systems icd9cm3-yb "$@" <<'END'
{"手术名称":"砧血管支架一根?","_mdx":{"kind":"surgery"}}
{"手术名称":"001234567890123456789","_mdx":{"kind":"surgery"}}
{"手术名称":"=砧支架两根","_mdx":{"kind":"surgery"}}
{"手术名称":"1-2","_mdx":{"kind":"surgery"}}
{"手术名称":"00.4500","_mdx":{"kind":"surgery"}}
END
}
# The dialog as it stands open: commas, quotes, UTF-8, the columns' own types.
office() {
	soffice "-env:UserInstallation=file://$PWD/profile" --headless \
	    --infilter='Text - txt - csv (StarCalc):44,34,76,1' \
	    --convert-to "$1" --outdir "$2" "$3" >/dev/null 2>office.log || cat office.log
}
night --review todo.csv >/dev/null
office xlsx sheet todo.csv
/usr/bin/python3 - <<'END'
import openpyxl
book = openpyxl.load_workbook("sheet/todo.xlsx")
rows = book.active.iter_rows()
at = {cell.value: i for i, cell in enumerate(next(rows))}
for row in rows:
    term = row[at["term"]].value
    row[at["pick"]].value = 1 if "砧" in str(term) else 0
    row[at["status"]].value = "已审"
    row[at["reviewer"]].value = "li"
    row[at["date"]].value = "2026-11-05"
book.save("sheet/filled.xlsx")
END
soffice "-env:UserInstallation=file://$PWD/profile" --headless \
    --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1' --outdir saved \
    sheet/filled.xlsx >/dev/null 2>&1
cp saved/filled.csv once.csv
office 'csv:Text - txt - csv (StarCalc):44,34,76,1' saved once.csv
cut -d, -f1,6,12 saved/once.csv
mdx-normalize learn --terms terms saved/once.csv | jq -c '[.mappings, .before]'
cut -d, -f2,5-9 terms/approved/surgery.csv
night | jq -c '[.surgery, ._mdx.norm.surgery.status, .surgery_codes[]?.code]'
