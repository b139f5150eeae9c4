# Which elements are written, and what is read as which characters.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import pydicom' 2>/dev/null || { echo "no pydicom"; exit 77; }
"$python" - <<'END'
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
import warnings
warnings.simplefilter('ignore')


def write(path, charset, name, comments):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = '1.2.840.10008.1.2.1'
    d = FileDataset('x', {}, preamble=b'\0' * 128, file_meta=meta)
    d.is_little_endian, d.is_implicit_VR = True, False
    if charset is not None:
        d.SpecificCharacterSet = charset
    d.Modality = 'US'
    d.add_new(0x00100010, 'PN', 'x')
    d.PatientID = '0012'
    d.add_new(0x00090010, 'LO', 'MDX')
    d.add_new(0x00091001, 'DS', ['1.50', '2'])
    d.add_new(0x00091002, 'UN', b'\1\2')
    item = Dataset()
    item.add_new(0x00090010, 'LO', 'MDX')
    item.add_new(0x00091003, 'US', 7)
    item.CodeValue = 'C1'
    d.ProcedureCodeSequence = Sequence([item])
    d.add_new(0x00104000, 'LT', 'y')
    d.save_as(path)
    # Bytes that pydicom would not write under this character set.
    data = open(path, 'rb').read()
    for mark, text in (b'PN\2\0x ', name), (b'LT\2\0y ', comments):
        text += b' ' * (len(text) % 2)
        data = data.replace(mark, mark[:2] + len(text).to_bytes(2, 'little') +
                            text)
    open(path, 'wb').write(data)


gbk = '王^小东'.encode('gbk'), '肝脏大小正常'.encode('gbk')
write('latin.dcm', 'ISO_IR 100', 'Müller^Jörg'.encode('latin1'), b'ok')
write('gbk.dcm', 'ISO_IR 100', *gbk)
write('utf8.dcm', 'ISO_IR 100', '王^小东'.encode(), '肝脏大小正常'.encode())
write('none.dcm', None, *gbk)
write('none-latin.dcm', None, 'Müller'.encode('latin1'), b'')
write('six.dcm', 'ISO_IR 6', *gbk)
END
echo '--- tags'
mdx-ingest gbk.dcm --tags PatientID,Modality | jq -c 'del(._mdx)'
mdx-ingest gbk.dcm --tags 00100020,00091001,ProcedureCodeSequence,TransferSyntaxUID | jq -c 'del(._mdx)'
mdx-ingest gbk.dcm --tags PatientIDs
echo $?
mdx-ingest gbk.dcm --tags PatientID,
echo $?
mdx-ingest gbk.dcm --tags ''
echo $?
echo '--- private'
mdx-ingest latin.dcm | jq -c 'del(._mdx)'
mdx-ingest latin.dcm --private --manifest m | jq -c 'del(._mdx)'
jq -c .notes m
echo '--- characters'
show() {
	jq -c '[._mdx.src.uri, .PatientName, .PatientComments, ._mdx.src.encoding]'
}
mdx-ingest -- *.dcm | show
echo '--- repaired'
mdx-ingest --repair-charset --manifest m -- *.dcm | show
jq -c '[.uri, .notes]' m
echo '--- where none is declared'
mdx-ingest --charset 'ISO_IR 100' none-latin.dcm latin.dcm | show
mdx-ingest --charset GB18030 none.dcm latin.dcm | show
mdx-ingest --charset big5 none.dcm | show
mdx-ingest --charset '\ISO 2022 IR 58' none.dcm | show
mdx-ingest --charset ISOIR100 none.dcm
echo $?
mdx-ingest --per day none.dcm
echo $?
echo '--- what is no DICOM at all'
printf '只有一段话。\n' >text.txt
mdx-ingest -f dicom text.txt --rejects r --manifest m
echo $?
jq -c '[.error.code, .src.offset]' r
jq -c '[.records, .set_aside, .bytes_of]' m
