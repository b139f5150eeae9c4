# Damage to codes is refused with sheet, cell and the likely original; nothing
# is repaired, nothing is written.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import openpyxl' 2>/dev/null || { echo "no openpyxl"; exit 77; }
"$python" "$CASES/import-damage.py"
mdx-normalize import --terms terms 手术.xlsx
echo "exit $?"
mdx-normalize import --terms terms --version 2.77 loinc.xlsx
echo "exit $?"
mdx-normalize import --terms terms --system icd9cm3-gl --version 3.0 一行.xlsx
echo "exit $?"
ls terms 2>/dev/null
