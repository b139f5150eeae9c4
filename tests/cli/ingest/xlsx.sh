# What openpyxl wrote: dates, numbers, hidden sheets, long ids.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import openpyxl' 2>/dev/null || { echo "no openpyxl"; exit 77; }
"$python" "$CASES/xlsx.py"
mdx-ingest book.xlsx --sha256 never --manifest m
jq -c '[.member, .kind, .columns, .skipped, .notes]' m
