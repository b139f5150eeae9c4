"""Small images as files: dicom_small.py FOLDER PATIENTS [PIXEL_BYTES].

For each patient a study of a CT series of three images, an SR and, every other
patient, an MR series of two; names sort in another order than series.
"""
import os
import sys
import warnings

from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

warnings.simplefilter('ignore')


def image(patient, series, number, modality, pixels):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.1.1.7'
    d = FileDataset('x', {}, preamble=b'\0' * 128, file_meta=meta)
    d.is_little_endian, d.is_implicit_VR = True, False
    d.SpecificCharacterSet = 'GB18030'
    d.SOPClassUID = meta.MediaStorageSOPClassUID
    d.SOPInstanceUID = '1.2.3.%d.%d.%d' % (patient, series, number)
    meta.MediaStorageSOPInstanceUID = d.SOPInstanceUID
    d.StudyInstanceUID = '1.2.3.%d' % patient
    d.SeriesInstanceUID = '1.2.3.%d.%d' % (patient, series)
    d.PatientName = 'Wang^XiaoDong=王^小东'
    d.PatientID = '%04d' % patient
    d.StudyDate, d.StudyDescription = '20240131', '胸部平扫'
    d.Modality, d.SeriesNumber, d.InstanceNumber = modality, series, number
    d.SeriesDescription = '序列 %d' % series
    d.Rows, d.Columns, d.BitsAllocated = 16, 16, 8
    if pixels:
        d.PixelData = bytes(pixels)
    return d


def main():
    folder, patients = sys.argv[1], int(sys.argv[2])
    pixels = int(sys.argv[3]) if len(sys.argv) > 3 else 256
    os.makedirs(folder, exist_ok=True)
    for p in range(patients):
        series = [(2, 3, 'CT'), (1, 1, 'SR')] + [(3, 2, 'MR')] * (p % 2)
        names = 0
        for number in 1, 2, 3:
            for s, n, modality in series:
                if number > n:
                    continue
                image(p, s, number, modality, pixels).save_as(
                    os.path.join(folder, 'p%04d-%d.dcm' % (p, names)),
                    write_like_original=False)
                names += 1


main()
