# A night's review file, filled and saved as a spreadsheet saves it, comes back
# through learn, and the next night has fewer terms to decide.  Another program
# changes the line ends, quotes all cells and drops the mark of UTF-8.
mkdir terms
printf 'code,name\nA1,砧骨恶性肿瘤\nA2,砧液\nA3,急性砧骨炎\n' >terms/icd10-yb@9.csv
night() {
	mdx-normalize --terms terms --systems icd10-yb "$@" <<'END'
{"诊断名称":"砧骨Ca?","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"=砧炎","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"砧骨Ca?","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"听诊","_mdx":{"kind":"diagnosis"}}
END
}
night --review todo.csv | jq -c '._mdx.norm.diagnosis | [.status,.reason,(.alts // [])[0]]'
cat todo.csv
python3 - <<'END'
import csv
with open("todo.csv", encoding="utf-8-sig", newline="") as f:
    rows = list(csv.DictReader(f))
for row, pick in zip(rows, ("1", "", "0")):
    row.update(pick=pick, status="已审", reviewer="li", date="2026/11/5")
    if not pick:
        row["code"] = "A3"
with open("filled.csv", "w", encoding="utf-8", newline="") as f:
    out = csv.DictWriter(f, rows[0].keys(), quoting=csv.QUOTE_ALL,
                         lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
END
mdx-normalize learn --terms terms filled.csv | jq -c .before
night --review todo.csv | jq -c '[.diagnosis_codes[]?.code, ._mdx.norm.diagnosis.status]'
wc -l <todo.csv
