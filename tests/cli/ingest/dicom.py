"""mdx-ingest over the test files of pydicom, against pydicom's own reading."""
import json
import subprocess
import warnings

import pydicom
from pydicom.data import get_testdata_files

warnings.simplefilter('ignore')
TEXT = 'AE AS CS DA DS DT IS LO LT PN SH ST TM UI UR UT UC'.split()


def word(value):
    spelt = getattr(value, 'original_string', None)
    return str(value if not isinstance(spelt, str) else spelt).strip()


def words(element):
    value = element.value
    if value is None:
        return ['']
    many = isinstance(value, (list, pydicom.multival.MultiValue))
    return [word(v) for v in (value if many else [value])]


same = different = records = 0
for path in sorted(get_testdata_files('**/*.dcm')):
    try:
        with open(path, 'rb') as f:
            data = pydicom.dcmread(f, stop_before_pixels=True)
        data.decode()
    except Exception:
        continue
    done = subprocess.run(['mdx-ingest', path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
    lines = done.stdout.decode().splitlines()
    if len(lines) != 1:
        print('no record:', path.rsplit('/', 1)[-1])
        continue
    records += 1
    record = json.loads(lines[0])
    for element in data:
        if element.VR not in TEXT or not element.keyword:
            continue
        got = record.get(element.keyword)
        got = got if isinstance(got, list) else [got]
        if [str(g).strip() for g in got] == words(element):
            same += 1
        else:
            different += 1
            print(path.rsplit('/', 1)[-1], element.keyword, got[:3],
                  words(element)[:3])
print('records', records > 60, 'values', same > 1500, 'different', different)
