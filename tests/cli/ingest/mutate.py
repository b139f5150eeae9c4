"""Damages the members of the night and proves the account of each run.

mutate.py NIGHT.ZIP RUNS [SEED]: flips, cuts, doubles and swaps bytes of a
member, or of a table in any encoding and dialect, runs mdx-ingest over it, and checks that the bytes of the manifest add up to
the file, that the pieces of the report are its records, rejects and skips,
that the status is one of 0, 1 and 3, and that every line is JSON.
"""
import gzip
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', '..', 'data'))
import tables  # noqa: E402


def members(path):
    with zipfile.ZipFile(path, metadata_encoding='gbk') as z:
        for name in z.namelist():
            data = z.read(name)
            yield name.rsplit('/', 1)[-1], data
            if name.endswith('.tar.gz'):
                with tarfile.open(fileobj=io.BytesIO(data)) as t:
                    for m in t.getmembers():
                        yield m.name, t.extractfile(m).read()
    yield 'night.zip', open(path, 'rb').read()


def damage(r, data):
    data = bytearray(data[:r.choice((2000, 6000, 200000))])
    for _ in range(r.randint(1, 4)):
        at = r.randrange(len(data)) if data else 0
        what = r.randrange(5)
        if what == 0 and data:
            data[at] ^= 1 << r.randrange(8)
        elif what == 1:
            del data[at:]
        elif what == 2:
            del data[at:at + r.randint(1, 40)]
        elif what == 3:
            data[at:at] = r.choice((b'"', b'\n', b'\r', b'\0', b',', b'\xff',
                                    b'{', b']', b'<', b'\x1b', data[:50]))
        else:
            to = r.randrange(len(data)) if data else 0
            data[at:at + 9], data[to:to + 9] = data[to:to + 9], data[at:at + 9]
    return bytes(data)


def check(path, arguments):
    done = subprocess.run(
        ['mdx-ingest', '--manifest', 'm', '--report', 'r', '--rejects', 'x',
         '-o', 'o', *arguments, path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode in (0, 1, 3), done
    lines = [json.loads(s) for s in open('m', encoding='utf-8')]
    report = json.load(open('r', encoding='utf-8'))
    records = [json.loads(s) for s in open('o', encoding='utf-8')]
    rejects = [json.loads(s) for s in open('x', encoding='utf-8')]
    for line in lines:
        assert sum(line['bytes_of'].values()) == line['bytes'], line
        assert min(line['bytes_of'].values()) >= 0, line
    outer = [m for m in lines if 'member' not in m]
    assert len(outer) == 1, outer
    if outer[0]['format'] != 'archive' and path.find('.gz') < 0:
        assert outer[0]['bytes'] == os.path.getsize(path), outer
    assert len(records) == report['out']['records']
    assert len(rejects) == report['set_aside']
    assert report['ingest']['pieces'] == len(records) + len(rejects) + \
        sum(report['skipped'].values()), report
    ids = [r['_mdx']['id'] for r in records]
    assert len(set(ids)) == len(ids)


def main():
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20241123
    r = random.Random(seed)
    samples = list(members(sys.argv[1]))
    for run in range(int(sys.argv[2])):
        arguments = ['--split'] if run % 3 == 0 else []
        if run % 2 == 0:
            table = tables.Table(seed + run)
            name, data = 't.csv', bytes(table.data)
            arguments = table.options
        else:
            name, data = samples[run // 2 % len(samples)]
        path = 'damaged-' + name
        damaged = damage(r, data)
        with open(path, 'wb') as f:
            f.write(damaged)
        try:
            check(path, arguments)
        except Exception:
            print('run', run, name, len(damaged), arguments)
            raise
        os.remove(path)
    print('every byte accounted for')


main()
