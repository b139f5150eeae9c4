"""The peer of bench-ingest dicom: pydicom_headers.py FOLDER [json]."""
import os
import sys

import pydicom

for name in sorted(os.listdir(sys.argv[1])):
    header = pydicom.dcmread(os.path.join(sys.argv[1], name),
                             stop_before_pixels=True)
    if len(sys.argv) > 2:
        print(header.to_json())
