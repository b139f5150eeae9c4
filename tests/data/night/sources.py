"""sources - the members of the night that are not tables: HL7, FHIR, XLSX,
DICOM and the gzip and tar they come in.  Each is small and made in memory, so
each is bounded however big the night is.
"""

import calendar
import datetime
import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zipfile
import zlib

os.environ["OPENPYXL_LXML"] = "False"   # lxml would write other bytes

import openpyxl
from openpyxl.cell import WriteOnlyCell
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom import uid as uids

import words
from people import NIGHT, Patient, lab_results, note_of

FIXED = NIGHT.timetuple()[:6]
US_IMAGE = "1.2.840.10008.5.1.4.1.1.6.1"


def gzipped(data):
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, out, mtime=0) as f:
        f.write(data)
    return out.getvalue()


def cut_gzip(data):
    """A gzip member without its last third, and how much of it unpacks."""
    whole = gzipped(data)
    part = whole[:len(whole) * 2 // 3]
    return part, zlib.decompressobj(31).decompress(part)


def hl7_text(s):
    for c, e in (("\\", "E"), ("|", "F"), ("^", "S"), ("&", "T"), ("~", "R")):
        s = s.replace(c, "\\" + e + "\\")
    return s


def hl7_batch(night):
    """An ORU^R01 batch; CR ends a segment.  Returns (bytes, messages)."""
    at = NIGHT.strftime("%Y%m%d%H%M%S")
    lines = ["FHS|^~\\&|LIS|FY|MDX|FY|" + at, "BHS|^~\\&|LIS|FY|MDX|FY|" + at]
    n = 0
    for p in night.people(limit=100000):
        if p.n % 8 != 2:
            continue
        n += 1
        v = p.visits[-1]
        when = (v.enter + datetime.timedelta(hours=15)).strftime(
            "%Y%m%d%H%M%S")
        lines += [
            "MSH|^~\\&|LIS|FY|MDX|FY|%s||ORU^R01^ORU_R01|M%07d|P|2.5.1||||||"
            "UNICODE UTF-8" % (when, p.n),
            "PID|1||%s^^^FY^MR~%s^^^GA^NI||%s^%s||%s|%s" % (
                p.id, p.id_card, p.surname, p.given,
                p.birth.strftime("%Y%m%d"), "M" if p.sex == "男" else "F"),
            "PV1|1|I|%s||||||||||||||||%s" % (v.dept, v.id),
            "OBR|1||S%s|LAB^常规检验|||%s" % (v.id[2:], when)]
        for i, t in enumerate(lab_results(p, v), 1):
            code, name, result, unit, ref, flag, _ = t
            number = re.fullmatch(r"[0-9.]+", result) is not None
            lines.append("OBX|%d|%s|%s^%s^L||%s|%s|%s|%s|||F|||%s" % (
                i, "NM" if number else "ST", code, name, hl7_text(result),
                hl7_text(unit), hl7_text(ref),
                {"↑": "H", "↓": "L"}.get(flag, ""), when))
    lines += ["BTS|%d" % n, "FTS|1"]
    return "".join(s + "\r" for s in lines).encode(), n


def tar_gz(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), calendar.timegm(FIXED)
            t.addfile(info, io.BytesIO(data))
    return gzipped(out.getvalue())


def fhir_resources(p):
    v = p.visits[0]
    who = {"reference": "Patient/p%d" % p.n}
    visit = {"reference": "Encounter/e%d" % p.n}
    yield {"resourceType": "Patient", "id": "p%d" % p.n,
           "identifier": [{"system": "urn:oid:1.2.156.99999.1",
                           "value": p.id}],
           "name": [{"text": p.name}],
           "gender": "male" if p.sex == "男" else "female",
           "birthDate": p.birth.isoformat()}
    yield {"resourceType": "Encounter", "id": "e%d" % p.n,
           "identifier": [{"value": v.id}], "status": "finished",
           "class": {"code": "IMP"}, "subject": who,
           "period": {"start": v.enter.isoformat() + "+08:00",
                      "end": v.leave.isoformat() + "+08:00"},
           "serviceType": {"text": v.dept}}
    name, code = words.DIAGNOSES[v.dept][0]
    yield {"resourceType": "Condition", "id": "c%d" % p.n,
           "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10",
                                "code": code}], "text": name},
           "subject": who, "encounter": visit}
    for i, t in enumerate(lab_results(p, v)):
        code, name, result, unit, ref, _, _ = t
        if i == 3:
            break
        # The number keeps the digits that the laboratory gave it.
        yield {"resourceType": "Observation", "id": "o%d-%d" % (p.n, i),
               "status": "final",
               "category": [{"coding": [{"code": "laboratory"}]}],
               "code": {"coding": [{"code": code}], "text": name},
               "subject": who, "encounter": visit,
               "effectiveDateTime": v.enter.isoformat() + "+08:00",
               "valueQuantity": {"value": "@%s@" % result, "unit": unit},
               "referenceRange": [{"text": ref}]}
    if p.ablated:
        yield {"resourceType": "Procedure", "id": "r%d" % p.n,
               "status": "completed", "subject": who, "encounter": visit,
               "code": {"text": "超声引导下甲状腺结节消融术"}}


def fhir_bundle(night):
    """Returns (bytes, entries)."""
    entries = []
    for p in night.people(limit=20000):
        if p.n % 20 == 1:
            for r in fhir_resources(p):
                entries.append({
                    "fullUrl": "https://fhir.invalid/%s/%s" % (
                        r["resourceType"], r["id"]), "resource": r})
    text = json.dumps({"resourceType": "Bundle", "id": "night",
                       "type": "collection", "entry": entries},
                      ensure_ascii=False, indent=1)
    return re.sub(r'"@([0-9.]+)@"', r"\1", text).encode() + b"\n", \
        len(entries)


def follow_rows(night):
    """(patient id, operation, visit, months, lesion, size) of the ablated."""
    for p in night.people(limit=50000):
        if not p.ablated or p.n % 35 == 11:
            continue                    # some never come back
        v = p.visits[0]
        rng = v.rng("follow")
        day = v.enter + datetime.timedelta(days=1)
        lesions = note_of(p, night.gold)["indicators"]["lesion"]
        for months in (1, 3)[:1 + (p.n % 2)]:
            for i, lesion in enumerate(lesions, 1):
                size = lesion["post_size"] or lesion["pre_size"] or [12]
                left = [max(2, round(x * (.9 - .12 * months -
                                          .1 * rng.random())))
                        for x in size]
                yield (p.id, day, day + datetime.timedelta(days=30 * months),
                       months, i, "x".join(str(x) for x in left))


def workbook(night):
    """Returns (bytes, rows).  Packed again so that no clock gets in."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("随访登记")
    sheet.append(["患者ID", "手术日期", "随访日期", "随访月数", "结节序号",
                  "结节大小", "随访方式", "备注"])
    rows = 0
    for who, day, seen, months, lesion, size in follow_rows(night):
        rows += 1
        dates = []
        for d in (day, seen):
            cell = WriteOnlyCell(sheet, d.replace(hour=0, minute=0, second=0))
            cell.number_format = "yyyy-mm-dd"
            dates.append(cell)
        sheet.append([who] + dates + [months, lesion, size,
                                      "门诊" if rows % 4 else "电话", ""])
    notes = book.create_sheet("字典")
    notes.sheet_state = "hidden"
    notes.append(["随访方式", "说明"])
    notes.append(["门诊", "来院复查"])
    notes.append(["电话", "电话随访"])
    made = io.BytesIO()
    book.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for info in sorted(old.infolist(), key=lambda i: i.filename):
            data = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*",
                          rb"\g<1>2024-11-23T02:00:00Z", old.read(info))
            new.writestr(zipfile.ZipInfo(info.filename, FIXED), data,
                         zipfile.ZIP_DEFLATED)
    return out.getvalue(), rows


# transfer syntax, character set
IMAGES = [(uids.ExplicitVRLittleEndian, "GB18030"),
          (uids.ImplicitVRLittleEndian, "ISO_IR 192"),
          (uids.ExplicitVRBigEndian, "GBK"),
          (uids.DeflatedExplicitVRLittleEndian, "GB18030")]


def number_uid(text):
    digest = hashlib.sha256(text.encode()).digest()
    return "2.25.%d" % int.from_bytes(digest[:15], "big")


def dicom(p, number, syntax, charset):
    v = p.visits[0]
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = US_IMAGE
    meta.MediaStorageSOPInstanceUID = number_uid("image %s %d" % (p.id,
                                                                  number))
    meta.TransferSyntaxUID = syntax
    ds = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    ds.is_little_endian = syntax != uids.ExplicitVRBigEndian
    ds.is_implicit_VR = syntax == uids.ImplicitVRLittleEndian
    ds.SpecificCharacterSet = charset
    ds.SOPClassUID = US_IMAGE
    ds.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    ds.StudyDate = ds.SeriesDate = v.enter.strftime("%Y%m%d")
    ds.StudyTime = v.enter.strftime("%H%M%S")
    ds.AccessionNumber = "E" + v.id[2:]
    ds.Modality = "US"
    ds.Manufacturer = "MDX TEST"
    ds.StudyDescription = "THYROID US"
    ds.PatientName = "Patient^%d=%s^%s" % (p.n, p.surname, p.given)
    ds.PatientID = p.id
    ds.PatientBirthDate = p.birth.strftime("%Y%m%d")
    ds.PatientSex = "M" if p.sex == "男" else "F"
    ds.StudyInstanceUID = number_uid("study " + v.id)
    ds.SeriesInstanceUID = number_uid("series " + v.id)
    ds.SeriesNumber, ds.InstanceNumber = 1, number
    request = Dataset()
    request.RequestedProcedureDescription = "甲状腺超声"
    ds.RequestAttributesSequence = [request]
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows = ds.Columns = 16
    ds.BitsAllocated = ds.BitsStored = 8
    ds.HighBit, ds.PixelRepresentation = 7, 0
    ds.PixelData = bytes((x * number) % 256 for x in range(256))
    ds["PixelData"].VR = "OB" if syntax != uids.ImplicitVRLittleEndian \
        else "OW"
    out = io.BytesIO()
    ds.save_as(out, write_like_original=False)
    return out.getvalue()


def images(night):
    """(name, bytes) of the DICOM files."""
    count = min(6 + night.patients // 1000, 500)
    for i in range(count):
        p = Patient(night.seed, 5 * i + 1)
        if p.n > night.patients:
            return
        syntax, charset = IMAGES[i % len(IMAGES)]
        yield "影像/US%06d.dcm" % (i + 1), dicom(p, i + 1, syntax, charset)
