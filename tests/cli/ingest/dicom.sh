# Every file of pydicom reads, and every value is that of pydicom.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import pydicom' 2>/dev/null || { echo "no pydicom"; exit 77; }
"$python" "$CASES/dicom_files.py"
