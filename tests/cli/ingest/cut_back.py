"""Cuts every record of the night back out of its member and compares.

cut_back.py NIGHT.ZIP < records: by src.member and src.offset alone, with
Python's own zip, tar and gzip readers; a table's row is parsed by Python's csv.
"""
import csv
import io
import json
import sys
import tarfile
import zipfile
import zlib

archive = zipfile.ZipFile(sys.argv[1], metadata_encoding='gbk')
cache = {}


def member(chain):
    key = tuple(chain)
    if key not in cache:
        data = archive.read(chain[0])
        if chain[0].endswith('.tar.gz'):
            with tarfile.open(fileobj=io.BytesIO(data)) as t:
                data = t.extractfile(chain[1]).read()
        elif chain[0].endswith('.gz'):
            data = zlib.decompressobj(31).decompress(data)
        cache[key] = data
    return cache[key]


def headers(chain, encoding):
    text = member(chain).decode(encoding, 'replace')
    return next(csv.reader(io.StringIO(text, newline='')))


def check(record, trail):
    src = trail['src']
    chain = src['member']
    if 'offset' not in src:
        assert src['format'] == 'xlsx'
        return 'placeless'
    if src['format'] == 'fhir':
        assert chain.pop().startswith('https://')
    data = member(chain)
    cut = data[slice(*src['offset'])]
    if src['format'] == 'csv':
        text = cut.decode(src['encoding'])
        row = next(csv.reader(io.StringIO(text, newline=''), strict=True))
        assert row == list(record.values()), src
        assert list(record) == headers(chain, src['encoding'])
        assert data[:src['offset'][0]].count(b'\n') + 1 == src['line']
    elif src['format'] == 'fhir':
        assert json.loads(cut) == record, src
    elif src['format'] == 'hl7':
        assert cut.startswith(b'MSH|') and not cut.endswith(b'\r')
        assert cut.count(b'\r') + 1 == len(record['segments'])
    elif src['format'] == 'text':
        assert cut.decode(src['encoding']) == record['text']
    elif src['format'] == 'dicom':
        assert cut[128:132] == b'DICM'
    return src['format']


counts = {}
for line in sys.stdin:
    record = json.loads(line)
    trail = record.pop('_mdx')
    assert line.rstrip('\n').endswith('}}}')
    what = check(record, trail)
    counts[what] = counts.get(what, 0) + 1
for what in sorted(counts):
    print(what, counts[what])
