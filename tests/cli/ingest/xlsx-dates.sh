# 20,000 values of openpyxl come back equal, dates to the millisecond.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import openpyxl' 2>/dev/null || { echo "no openpyxl"; exit 77; }
"$python" "$CASES/xlsx-dates.py"
