# What pydicom writes, in every character set and transfer syntax, comes back.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import pydicom' 2>/dev/null || { echo "no pydicom"; exit 77; }
"$python" "$CASES/dicom_written.py"
