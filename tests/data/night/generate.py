#!/usr/bin/python3
"""generate - make a night of a hospital that does not exist.

The same seed and size give the same bytes.  README.md beside this file says
what is in the archive; truth.json says it of one archive, fault by fault.
"""

import argparse
import hashlib
import json
import pathlib
import zipfile

import sources
import tables
from people import Patient

HERE = pathlib.Path(__file__).resolve().parent
GOLD = HERE.parent / "extract" / "thyroid-ablation.gold.ndjson"
NOTES = 30
MOST_NOTES = 1000       # told in the truth; a big night has more


class GbkInfo(zipfile.ZipInfo):
    """A member named as Chinese Windows does it: GBK bytes, no flag.

    zipfile has no door for this; the method is its own, of Python 3.11.
    """

    def _encodeFilenameFlags(self):
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


class Night:
    def __init__(self, options):
        self.seed = options.seed
        self.patients = options.patients
        self.faults = not options.no_faults
        with open(GOLD, encoding="utf-8") as f:
            notes = [json.loads(line) for line in f]
        notes = [n for n in notes if n["indicators"]["lesion"]]
        # The founding deck's own case is the first patient's.
        # Those that were there when the night was made; later ones stand behind.
        self.gold = sorted(notes[:NOTES], key=lambda n: "deck" not in n["id"])
        self.truth = {"seed": self.seed, "patients": self.patients,
                      "members": [], "faults": [], "notes": []}
        self.member = None
        self.line = self.row = 0

    def people(self, limit=None):
        for n in range(1, min(self.patients, limit or self.patients) + 1):
            yield Patient(self.seed, n)

    def faulty(self, p, n):
        return self.faults and p.n == n

    def plant(self, what, code, **more):
        """Say that the row about to be written holds a fault."""
        if what == "second_unit":
            for f in self.truth["faults"]:
                if f["what"] == what:
                    f["lines"].append(self.line)
                    return
            more["lines"] = [self.line]
        fault = {"what": what, "member": self.member, "line": self.line,
                 "row": self.row, "code": code}
        fault.update(more)
        self.truth["faults"].append(fault)

    def noted(self, note, **where):
        if len(self.truth["notes"]) < MOST_NOTES:
            where.update(line=self.line, note=note["id"],
                         indicators=note["indicators"])
            self.truth["notes"].append(where)

    def tell(self, path, kind, form, data, records, **more):
        """Enter a member into the truth."""
        entry = {"member": path, "format": form, "kind": kind,
                 "records": records, "set_aside": 0, "skipped": {},
                 "bytes": len(data) if data is not None else None}
        if data is not None:
            entry["sha256"] = hashlib.sha256(data).hexdigest()
        entry.update(more)
        self.truth["members"].append(entry)

    def csv(self, name, rows, encoding, newline):
        """The encoded lines of a table; counts lines and rows as it goes."""
        self.member, self.line, self.row = [name], 1, 0
        for row in rows:
            end = "\n" if isinstance(row, tables.Bare) else newline
            text = row if isinstance(row, tables.Raw) else \
                ",".join(map(tables.quoted, row))
            self.line += 1 + text.count("\n")
            self.row += 1               # the header is row 0
            yield (text + end).encode(encoding)


def add(archive, night, name):
    info = GbkInfo(name, sources.FIXED)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    info.external_attr = 0x20
    return archive.open(info, "w", force_zip64=night.patients > 100000)


def add_bytes(archive, night, name, data):
    with add(archive, night, name) as f:
        f.write(data)


def write_table(archive, night, name, kind, maker):
    digest, size = hashlib.sha256(), 0
    with add(archive, night, name) as f:
        for line in night.csv(name, maker(night), "gb18030", "\r\n"):
            digest.update(line)
            size += len(line)
            f.write(line)
    bad = sum(1 for x in night.truth["faults"]
              if x["member"] == [name] and x["code"] is not None)
    night.tell([name], kind, "csv", None, night.row - 1 - bad,
               encoding="gb18030", set_aside=bad, skipped={"header": 1},
               lines=night.line - 1, bytes=size, sha256=digest.hexdigest())


def write_nursing(archive, night):
    name = "接口/护理接口.csv.gz"
    data = b"".join(night.csv(name, tables.nursing(night), "utf-8", "\n"))
    packed, left = sources.gzipped(data), data
    if night.faults:
        packed, left = sources.cut_gzip(data)
        night.line, night.row = left.count(b"\n") + 1, left.count(b"\n")
        night.plant("truncated_member", None, status=3,
                    half_a_row=not left.endswith(b"\n"))
    add_bytes(archive, night, name, packed)
    night.tell([name], "vital", "csv", left, left.count(b"\n") - 1,
               encoding="utf-8", skipped={"header": 1},
               complete=left == data)


def write_interfaces(archive, night):
    batch, messages = sources.hl7_batch(night)
    about = "检验系统每晚导出前一日结果，编码 UTF-8，段结束符为回车。\n".encode()
    name = "接口/检验接口.tar.gz"
    add_bytes(archive, night, name, sources.tar_gz(
        [("ORU_20241123.hl7", batch), ("说明.txt", about)]))
    night.tell([name, "ORU_20241123.hl7"], "lab", "hl7", batch, messages,
               encoding="utf-8", batch_segments=4)
    night.tell([name, "说明.txt"], None, "text", about, 1, encoding="utf-8")
    write_nursing(archive, night)


def write_documents(archive, night):
    bundle, entries = sources.fhir_bundle(night)
    add_bytes(archive, night, "fhir/bundle.json", bundle)
    night.tell(["fhir/bundle.json"], None, "fhir", bundle, entries,
               encoding="utf-8")
    book, rows = sources.workbook(night)
    name = "随访/甲状腺消融随访.xlsx"
    add_bytes(archive, night, name, book)
    night.tell([name, "随访登记"], "followup", "xlsx", None, rows,
               skipped={"header": 1})
    for name, data in sources.images(night):
        add_bytes(archive, night, name, data)
        night.tell([name], "image-us", "dicom", data, 1)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patients", type=int, default=200)
    parser.add_argument("--no-faults", action="store_true",
                        help="a night in which nothing is wrong")
    parser.add_argument("-o", "--output", help="the archive (night.zip here;"
                        " the truth goes beside it)")
    options = parser.parse_args()
    if options.patients < tables.FEWEST_PATIENTS and not options.no_faults:
        parser.error("the faults need at least %d patients (--no-faults)"
                     % tables.FEWEST_PATIENTS)
    return options


def main():
    options = arguments()
    night = Night(options)
    out = pathlib.Path(options.output or HERE / "night.zip")
    truth = out.with_name("truth.json") if out.name == "night.zip" \
        else out.with_suffix(".truth.json")
    with zipfile.ZipFile(out, "w") as archive:
        for name, kind, maker in tables.TABLES:
            write_table(archive, night, name, kind, maker)
        write_interfaces(archive, night)
        write_documents(archive, night)
    members = night.truth["members"]
    night.truth["records"] = sum(m["records"] for m in members)
    night.truth["set_aside"] = sum(m["set_aside"] for m in members)
    with open(truth, "w", encoding="utf-8") as f:
        json.dump(night.truth, f, ensure_ascii=False, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
