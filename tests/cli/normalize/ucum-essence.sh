# Every code of the published tables of UCUM validates and converts.
tables=$TOP/../shared/data/terminology
[ -f "$tables/ucum-essence.xml" ] || { echo "no ucum-essence.xml"; exit 77; }
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || { echo "no openpyxl"; exit 77; }
/usr/bin/python3 "$TOP/tests/ucum-essence.py" "$tables/ucum-essence.xml" \
    "$tables/ucum-common-units.xlsx"
