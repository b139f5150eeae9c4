# A DICOMDIR is one record of its tree, as pydicom has it, whatever becomes of
# the places by which its records are linked.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import pydicom' 2>/dev/null || { echo "no pydicom"; exit 77; }
"$python" "$CASES/dicom_tree.py"
