# Headers that are cut or damaged anywhere: a cut behind the header is no fault,
# one in it gives what is there; no byte is lost and nothing else happens.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import pydicom' 2>/dev/null || { echo "no pydicom"; exit 77; }
"$python" "$CASES/dicom_faults.py" 400
