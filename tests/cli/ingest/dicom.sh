# Every file of pydicom reads, and its words are those of pydicom.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import pydicom' 2>/dev/null || { echo "no pydicom"; exit 77; }
"$python" "$CASES/dicom.py"
