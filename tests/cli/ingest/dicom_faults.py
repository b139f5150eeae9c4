"""Damages headers and checks the account: dicom_faults.py RUNS."""
import json
import os
import random
import subprocess
import sys

from pydicom.data import get_charset_files, get_testdata_files

r = random.Random(20241126)
NAMES = ('CT_small.dcm', 'MR_small_bigendian.dcm', 'image_dfl.dcm',
         'rtplan.dcm', 'UN_sequence.dcm', 'nested_priv_SQ.dcm',
         'chrH32.dcm', 'DICOMDIR-implicit', 'no_meta.dcm', 'reportsi.dcm')


def ingest(path, *arguments):
    done = subprocess.run(
        ['mdx-ingest', '--private', '--manifest', 'm', '--report', 'r',
         '--rejects', 'x', '-o', 'o', *arguments, path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode in (0, 1, 3), done
    read = [[json.loads(s) for s in open(f, encoding='utf-8')]
            for f in 'moxr']
    for line in read[0]:
        assert line['bytes'] == sum(line['bytes_of'].values()), line
    report = read[3][0]
    assert len(read[1]) == report['out']['records']
    assert len(read[2]) == report['set_aside']
    assert report['ingest']['pieces'] == len(read[1]) + len(read[2]) + \
        sum(report['skipped'].values()), report
    return done.returncode, read[0][0], read[1]


def cuts(whole):
    """Every cut of a header: its members are those of the whole, in order."""
    open('f', 'wb').write(whole)
    status, line, records = ingest('f')
    header = records[0]['_mdx']['src']['offset'][1]
    complete = list(records[0].items())[:-2]
    cut = border = 0
    for n in sorted(r.sample(range(140, header), 60)) + [header, header + 9]:
        open('f', 'wb').write(whole[:n])
        status, line, records = ingest('f')
        assert line['bytes'] == n, line
        assert len(records) == 1, (n, line)
        members = [p for p in records[0].items()
                   if p[0] not in ('_mdx', 'TransferSyntaxUID')]
        assert [p[0] for p in members] == \
            [p[0] for p in complete][:len(members)], n
        assert members[:-1] == complete[:len(members) - 1] or not members, n
        assert line['complete'] == (status == 0), (n, line, status)
        cut += not line['complete']
        border += line['complete']
        if n >= header:
            assert status == 0, (n, status)
    return cut > 20 and border >= 2


def damage(data):
    data = bytearray(data[:r.choice((600, 2000, 20000))])
    for _ in range(r.randint(1, 5)):
        at = r.randrange(len(data))
        what = r.randrange(5)
        if what == 0:
            data[at] ^= 1 << r.randrange(8)
        elif what == 1:
            del data[max(at, 8):]
        elif what == 2:
            del data[at:at + r.randint(1, 20)]
            data += b'\0'
        elif what == 3:
            data[at:at] = r.choice((b'\0', b'\xff\xff\xff\xff', b'\\', b'\x1b',
                                    b'\xfe\xff\0\xe0', b'SQ\0\0', b'UN'))
        else:
            data[at] = r.randrange(256)
    return bytes(data)


def main():
    samples = []
    paths = {os.path.basename(p): p for p in
             get_testdata_files('**/*') + get_charset_files('*')}
    for name in NAMES:
        samples.append(open(paths[name], 'rb').read())
    print('cuts of CT_small', cuts(samples[0]))
    print('cuts of big endian', cuts(samples[1]))
    for run in range(int(sys.argv[1])):
        data = damage(samples[run % len(samples)])
        open('f', 'wb').write(data)
        try:
            ingest('f', *(['--per', 'series'] if run % 4 == 0 else []),
                   *(['--repair-charset'] if run % 4 == 1 else []))
        except Exception:
            print('run', run, NAMES[run % len(samples)])
            raise
    print('every byte accounted for')


main()
