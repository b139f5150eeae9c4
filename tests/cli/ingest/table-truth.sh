# Tables in every dialect and encoding, also within archives: every value, every
# offset, every reject and skip is what was written.  More of them, from another
# seed: tests/data/tables.py 10000 7
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
"$python" "$TOP/tests/data/tables.py" 60
