"""Headers that pydicom writes: every character set in every transfer syntax.

The names are those of PS3.5, annexes H to K, and of Chinese hospitals; what is
compared is what was given to pydicom, not what it reads back.
"""
import io
import json
import os
import random
import subprocess
import sys
import warnings

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.sequence import Sequence
from pydicom.uid import (CTImageStorage, DeflatedExplicitVRLittleEndian,
                         ExplicitVRBigEndian, ExplicitVRLittleEndian,
                         ImplicitVRLittleEndian)

sys.path.insert(0, os.environ['CASES'])
import dicom_truth  # noqa: E402

warnings.simplefilter('ignore')
SYNTAXES = (ImplicitVRLittleEndian, ExplicitVRLittleEndian,
            ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian)
SETS = [
    ('ISO_IR 6', 'Adams^John', 'plain'),
    ('ISO_IR 13', 'ﾔﾏﾀﾞ^ﾀﾛｳ', 'ﾔﾏﾀﾞ'),
    ('ISO_IR 100', 'Äneas^Rüdiger', 'Über'),
    ('ISO_IR 101', 'Łukasz^Żółć', 'Šimon'),
    ('ISO_IR 109', 'Ĉapelo^Ħal', 'ġardin'),
    ('ISO_IR 110', 'Ģirts^Ķēniņš', 'Šķirba'),
    ('ISO_IR 126', 'Διονυσιος', 'Ελλάς'),
    ('ISO_IR 127', 'قباني^لنزار', 'نزار'),
    ('ISO_IR 138', 'שרון^דבורה', 'דבורה'),
    ('ISO_IR 144', 'Люкceмбypг', 'Москва'),
    ('ISO_IR 148', 'Çavuşoğlu^İ', 'Şişli'),
    ('ISO_IR 166', 'นามสกุล', 'ชื่อ'),
    ('ISO_IR 192', 'Wang^XiaoDong=王^小东', '第一行文字。'),
    ('GB18030', 'Wang^XiaoDong=王^小东', '镕瑄𠮷㐀€'),
    ('GBK', 'Wang^XiaoDong=王^小东', '镕瑄丂'),
    (['', 'ISO 2022 IR 87'], 'Yamada^Tarou=山田^太郎=やまだ^たろう', '漢字'),
    (['ISO 2022 IR 13', 'ISO 2022 IR 87'],
     'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう', '漢字'),
    (['', 'ISO 2022 IR 159'], 'Tarou=丂^侲', '丂'),
    (['', 'ISO 2022 IR 149'], 'Hong^Gildong=洪^吉洞=홍^길동', '김희중'),
    (['', 'ISO 2022 IR 58'], 'Zhang^XiaoDong=张^小东', '第一行文字'),
    (['ISO 2022 IR 100', 'ISO 2022 IR 144'], 'Äneas=Люк', 'Über'),
    (['ISO 2022 IR 100', 'ISO 2022 IR 126'], 'Äneas=Διον', 'Über'),
]
NO_LINES = ['ISO_IR 13']  # with more pydicom writes question marks
r = random.Random(20241126)


def header(charset, name, words, deep):
    d = Dataset()
    d.SpecificCharacterSet = charset
    d.ImageType = ['ORIGINAL', 'PRIMARY', 'AXIAL']
    d.SOPClassUID = CTImageStorage
    d.SOPInstanceUID = '1.2.3.%d' % r.randrange(10 ** 9)
    d.StudyDate = '20240131'
    d.StudyTime = '102233.123'
    d.Modality = 'CT'
    d.PatientName = name
    d.PatientID = '000%d' % r.randrange(10 ** 6)
    d.OtherPatientIDs = ['00012', '', '3']
    d.PatientComments = words if charset in NO_LINES or \
        isinstance(charset, list) else words + '\r\n' + words
    d.InstitutionName = words
    d.OtherPatientNames = [name, name]
    d.PatientAge = '042Y'
    d.PixelSpacing = ['0.50', '1e-3']
    d.InstanceNumber = '+7'
    d.Rows, d.Columns = 512, 65535
    d.PixelRepresentation = 1
    d.SmallestImagePixelValue = -1024
    d.FrameIncrementPointer = [0x00181063, 0x00540010]
    d.SimpleFrameList = [1, 2, 2 ** 32 - 1]
    d.RecommendedDisplayFrameRateInFloat = 29.97
    d.DiffusionBValue = 1 / 3
    d.DiffusionGradientOrientation = [r.random() for _ in range(3)]
    d.TubeAngle = -0.0
    d.add_new(0x00091010, 'LO', words)
    d.add_new(0x00090010, 'LO', 'MDX TEST')
    d.add_new(0x60020010, 'US', 12)
    d.RedPaletteColorLookupTableData = b'\1\2\3\4'
    if deep:
        d.RequestAttributesSequence = Sequence(
            [header(charset, name, words, deep - 1), Dataset()])
        d['RequestAttributesSequence'].is_undefined_length = deep == 2
        d.RequestAttributesSequence[0].is_undefined_length_sequence_item = \
            deep == 1
        other = Dataset()
        other.SpecificCharacterSet = 'ISO_IR 192'
        other.CodeMeaning = 'Łódź 王'
        d.ProcedureCodeSequence = Sequence([other])
    return d


def taken(d, explicit):
    """What was given, in the shape of a record."""
    want = {}
    for e in d:
        value = e.value
        if e.VR == 'SQ':
            value = [taken(item, explicit) for item in value]
        elif e.VR == 'AT':
            value = ['%08X' % v for v in value]
        elif e.VR == 'OW' or (e.tag == 0x00091010 and not explicit):
            continue
        elif isinstance(value, (int, float)) and e.VR not in ('DS', 'IS'):
            pass
        elif e.VR in dicom_truth.NUMBERS:
            value = list(value)
        else:
            value = dicom_truth.shape(
                [dicom_truth.word(v) for v in dicom_truth.listed(value)])
        want[dicom_truth.key_of(e.tag)] = value
    return want


def written(d, syntax, how):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = d.SOPInstanceUID
    meta.TransferSyntaxUID = syntax
    f = FileDataset('x', d, preamble=b'\0' * 128, file_meta=meta)
    f.is_implicit_VR = syntax == ImplicitVRLittleEndian
    f.is_little_endian = syntax != ExplicitVRBigEndian
    f.PixelData = b'\xAA' * 4096
    f['PixelData'].VR = 'OW'
    to = io.BytesIO()
    dcmwrite(to, f, write_like_original=False)
    whole = to.getvalue()
    if how == 'no preamble':
        return whole[128:]
    if how == 'bare':
        return whole[144 + int.from_bytes(whole[140:144], 'little'):]
    return whole


def main():
    names, wants = [], []
    for charset, name, words in SETS:
        for syntax in SYNTAXES:
            d = header(charset, name, words, 2)
            explicit = syntax != ImplicitVRLittleEndian
            for how in 'whole', 'no preamble', 'bare':
                if how == 'bare' and syntax == DeflatedExplicitVRLittleEndian:
                    continue
                want = taken(d, explicit)
                want.pop('PixelData', None)
                if how != 'bare':
                    want['TransferSyntaxUID'] = str(syntax)
                path = '%04d.dcm' % len(names)
                with open(path, 'wb') as f:
                    f.write(written(d, syntax, how))
                d.pop('PixelData', None)
                names.append(path)
                wants.append((want, charset, str(syntax), how))
    done = subprocess.run(
        ['mdx-ingest', '-j', '2', '--private', '--manifest', 'm', *names],
        stdout=subprocess.PIPE, check=True)
    records = [json.loads(s) for s in done.stdout.splitlines()]
    assert len(records) == len(names), (len(records), len(names))
    values = 0
    for got, (want, charset, *how) in zip(records, wants):
        about = got.pop('_mdx')
        spelt = charset if isinstance(charset, str) else '\\'.join(charset)
        if about['src']['encoding'] != spelt:
            print(charset, about['src'])
        for what in dicom_truth.differences(got, want):
            print(charset, *how, *what)
        values += dicom_truth.count(want)
    for line in map(json.loads, open('m')):
        assert line['bytes'] == sum(line['bytes_of'].values()) == \
            os.path.getsize(line['uri']), line
        assert 'undeclared' not in str(line), line
    print(len(names), 'files', values, 'values')


main()
