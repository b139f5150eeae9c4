"""The trees of pydicom's own DICOMDIRs, and of one that dcmtk wrote."""
import json
import os
import shutil
import subprocess
import sys
import warnings

import pydicom
from pydicom.data import get_testdata_files

sys.path.insert(0, os.environ['CASES'])
import dicom_truth  # noqa: E402

warnings.simplefilter('ignore')
LISTS = {'PATIENT': 'Patients', 'STUDY': 'Studies', 'SERIES': 'Series',
         'IMAGE': 'Images'}
ORDER = ['Patients', 'Studies', 'Series', 'Images', 'Objects']
LINKS = ('OffsetOfTheNextDirectoryRecord',
         'OffsetOfReferencedLowerLevelDirectoryEntity',
         'OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity',
         'OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity')


def bare(record):
    return {k: v for k, v in dicom_truth.truth(record, False).items()
            if k not in LINKS}


def below(records, place):
    """Those in a row from the place on, with what is below each."""
    lists = {}
    while place:
        record = records[place]
        lists.setdefault(LISTS.get(record.DirectoryRecordType, 'Objects'),
                         []).append({**bare(record), **below(
                             records, record[0x00041420].value)})
        place = record[0x00041400].value
    return lists


def tree(path):
    data = pydicom.dcmread(path)
    sequence = data.DirectoryRecordSequence
    records = {item.seq_item_tell: item for item in sequence}
    first = data[0x00041200].value
    want = dicom_truth.truth(data, False)
    del want['DirectoryRecordSequence']
    want = {k: v for k, v in want.items() if k not in LINKS}
    want.update(below(records, first))
    want['TransferSyntaxUID'] = str(data.file_meta.TransferSyntaxUID)
    return want, len(records)


def ingest(path, *arguments):
    done = subprocess.run(['mdx-ingest', path, '--manifest', 'm', *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # Of one the sequence is longer than the file.
    assert done.returncode == (3 if 'nooffset' in path else 0), done
    got, = map(json.loads, done.stdout.splitlines())
    line = json.loads(open('m').read())
    assert line['bytes'] == os.path.getsize(path) == \
        sum(line['bytes_of'].values()), line
    del got['_mdx']
    return got, line.get('notes')


def names(tree):
    """What stands under what."""
    return [[p['PatientID'], [[s['StudyInstanceUID'], [
        [e['SeriesInstanceUID'],
         [i['ReferencedSOPInstanceUIDInFile'] for i in e['Images']]]
        for e in s['Series']]] for s in p['Studies']]]
        for p in tree['Patients']]


def size(node):
    return sum(1 + size(child) for name in ORDER for child in
               node.get(name, []))


def compare(name, path):
    want, records = tree(path)
    got, notes = ingest(path)
    for what in dicom_truth.differences(got, want):
        # Its links lead to patients that are not there.
        if 'nopatient' in name and what[1] == 'has':
            continue
        print(name, *[str(w)[:60] for w in what])
    print(name, records, 'records', size(got), 'in the tree', notes,
          [list(k for k in got if k in ORDER)])


def main():
    for path in sorted(p for p in get_testdata_files('**/DICOMDIR*')):
        name = os.path.basename(path)
        if 'nooffset' in name:
            # No links at all: the order says what belongs where.
            got, notes = ingest(path)
            print(name, size(got), notes, names(got) == linked)
        else:
            compare(name, path)
        if name == 'DICOMDIR' and 'TINY' not in path:
            got, notes = ingest(path)
            linked = names(got)
            # The first link leads to itself: nothing is lost, nothing twice.
            data = bytearray(open(path, 'rb').read())
            at = data.index(b'\x04\0\0\x14UL\4\0') + 8
            item = pydicom.dcmread(path).DirectoryRecordSequence[0]
            data[at:at + 4] = item.seq_item_tell.to_bytes(4, 'little')
            open('circle', 'wb').write(data)
            got, notes = ingest('circle')
            print('circle', size(got), notes)
            got, notes = ingest(path, '--tags', 'PatientID,ReferencedFileID')
            print(json.dumps(got)[:150])
    if shutil.which('dcmmkdir'):
        subprocess.run([sys.executable, os.environ['CASES'] +
                        '/dicom_small.py', 'IMAGES', '2'], check=True)
        for i, name in enumerate(sorted(os.listdir('IMAGES'))):
            os.rename('IMAGES/' + name, 'IMAGES/I%d' % i)
        subprocess.run(['dcmmkdir', '-q', '+r', '+I', '+id', '.', 'IMAGES'],
                       check=True, stderr=subprocess.DEVNULL)
        compare('of dcmtk', 'DICOMDIR')


main()
