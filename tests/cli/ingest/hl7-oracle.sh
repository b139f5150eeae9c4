# What python3-hl7 reads in messages of all shapes is what the records hold.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import hl7' 2>/dev/null || { echo "no hl7 of python3-hl7"; exit 77; }
"$python" "$CASES/hl7_oracle.py"
