"""Every value of the files that pydicom ships, private ones and those in
sequences too, as pydicom reads them."""
import json
import os
import subprocess
import sys
import warnings

import pydicom
from pydicom.data import get_charset_files, get_testdata_files

sys.path.insert(0, os.environ['CASES'])
import dicom_truth  # noqa: E402

warnings.simplefilter('ignore')


def main():
    files = values = 0
    for path in sorted(get_testdata_files('**/*') + get_charset_files('*')):
        name = os.path.basename(path)
        try:
            with open(path, 'rb') as f:
                data = pydicom.dcmread(f, stop_before_pixels=True)
            want = dicom_truth.truth(data, True)
        except Exception:
            continue
        if 'DirectoryRecordSequence' in want:
            continue
        syntax = data.file_meta.get('TransferSyntaxUID')
        if syntax:
            want['TransferSyntaxUID'] = str(syntax)
        done = subprocess.run(
            ['mdx-ingest', '--private', '--max-rejects', '9', path],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if len(done.stdout.splitlines()) != 1:
            print('no record:', name, done.stderr)
            continue
        got = json.loads(done.stdout)
        del got['_mdx']
        files += 1
        values += dicom_truth.count(want)
        for what in dicom_truth.differences(got, want):
            # Of a value that is cut off pydicom keeps the beginning.
            if name == 'rtplan_truncated.dcm' and what[1] == 'lacks':
                continue
            print(name, *[str(w)[:70] for w in what])
    print(files > 130, 'files', values > 10000, 'values')


main()
