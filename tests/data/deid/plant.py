#!/usr/bin/python3
"""plant.py make N SEED FOLDER | plant.py look FOLDER FILE...

make writes FOLDER/in.ndjson, N records with an identifier of their patient in
some member, width, escape, nesting or part of `_mdx`, and FOLDER/planted with
the identifiers.  look prints each planted identifier that can be read in one of
the files, however it is spelled there, and ends with 1 if there was any.
"""
import json
import re
import sys
import unicodedata

from notes import Maker

FIELDS = """name id_card phone address health_card patient_id visit_id mrn inpatient_no birth_date age sex nation time
admit_time discharge_time diagnosis surgery findings conclusion text title remark dept unit value test drug dose item route
payment marital country specimen exam body_part status flag days amount order_content occupation native_place employer doctor
nurse operator contact_name contact_phone segments indicators diagnosis_codes test_codes value_code Manufacturer ImageType
SOPInstanceUID message gathered visit_no ref_low""".split()
MDX = """id kind src.uri src.member src.format src.encoding src.line src.row src.sha256 src.offset norm.diagnosis.from
norm.diagnosis.column norm.diagnosis.rule norm.diagnosis.status norm.diagnosis.reason norm.diagnosis.alts
norm.diagnosis.codes norm.unmapped norm.KEY norm.dept.from norm.dept.column extract.quote extract.value extract.path
extract.rule extract.unit extract.src extract.why extract.by extract.more extract.claimed extract.model extract.status from
qc.rule qc.field qc.severity lic deid unknown""".split()


def full_width(s):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in s)


def spellings(r, value, number):
    """One spelling of it."""
    if not number:
        return r.choice([value, value, " ".join(value), value[:1] + "\u3000" + value[1:], value[:1] + "\u200b" + value[1:]])
    ways = [value, full_width(value), " ".join(value), value[:3] + " " + value[3:7] + " " + value[7:] if len(value) == 11
            else value[:6] + " " + value[6:14] + " " + value[14:], value[:6] + "\n" + value[6:], "\u200b".join(value),
            "|".join(value) if len(value) == 18 else value, value[:3] + "-" + value[3:7] + "-" + value[7:]
            if len(value) == 11 else value]
    if value.isdigit():
        ways.append("".join(chr(0x660 + int(c)) for c in value))
        ways.append("".join("〇一二三四五六七八九"[int(c)] for c in value))
    return r.choice(ways)


def carrier(r, text):
    """What stands around it."""
    return r.choice([text, "备注：" + text, "见" + text + "。", text + "，已核", "(" + text + ")", "患者" + text])


def nested(r, value):
    how = r.randrange(6)
    if how == 0:
        return {"a": {"b": [value]}}
    if how == 1:
        return [[], [value]]
    if how == 2:
        return {value: 1}
    return value


def mdx(r, where, value, maker):
    trail = {"id": maker.digits(20), "kind": "note", "src": {"uri": "a.csv", "line": 3},
             "norm": {"diagnosis": {"from": "x", "rule": "r", "column": "诊断", "status": "review"}},
             "extract": [{"path": "p", "value": 1, "src": "/text", "span": [0, 2], "quote": "神志", "engine": "rule", "status": "ok"}]}
    top, _, rest = where.partition(".")
    if top == "src":
        trail["src"][rest] = [value] if rest in ("member", "offset") else value
    elif top == "norm" and rest == "KEY":
        trail["norm"][value] = {"rule": "r"}
    elif top == "norm" and rest == "unmapped":
        trail["norm"]["unmapped"] = ["diagnosis", value, "diagnosis@" + value]
    elif top == "norm":
        field, part = rest.split(".")
        entry = trail["norm"].setdefault(field, {"rule": "r"})
        entry[part] = [{"code": value, "display": value, "p": 0.5}] if part in ("alts", "codes") else value
    elif top == "extract":
        trail["extract"][0][rest] = [{"src": "/text", "span": [0, 2], "quote": value}] if rest == "more" else value
    elif top == "qc":
        trail["qc"] = [{"rule": "r", "severity": "error", "field": "text"}]
        trail["qc"][0][rest] = value
    elif top == "from":
        trail["from"] = [value]
    elif top == "deid":
        trail["deid"] = {"policy": "mdx-research-1", "key": r.choice(["3eb1bd43", "00000000"]), "fields": {value: "drop"}}
    else:
        trail[top] = value
    return trail


def escaped(r, text):
    """Some or all letters as \\uXXXX: a JSON string's inside."""
    share = r.choice([0, 0, 0.5, 1])
    out = []
    for c in text:
        if r.random() < share or ord(c) < 0x20 or c in '"\\':
            out.extend("\\u%04x" % u for u in ([ord(c)] if ord(c) < 0x10000 else
                                               [0xD800 + (ord(c) - 0x10000 >> 10), 0xDC00 + (ord(c) - 0x10000 & 0x3FF)]))
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def write(r, v):
    if isinstance(v, dict):
        return "{" + ",".join(escaped(r, k) + ":" + write(r, x) for k, x in v.items()) + "}"
    if isinstance(v, list):
        return "[" + ",".join(write(r, x) for x in v) + "]"
    if isinstance(v, str):
        return escaped(r, v)
    return json.dumps(v)


def make(count, seed, folder):
    maker = Maker(seed)
    r = maker.r
    with open(folder + "/in.ndjson", "w") as out, open(folder + "/planted", "w") as planted:
        for i in range(count):
            name = maker.name()
            kind = r.randrange(4)
            value = [maker.id_card, maker.mobile, lambda: "p%s@mail%s.com" % (maker.digits(5), maker.digits(3)),
                     lambda: name][kind]()
            number = kind < 2
            planted.write(value + "\n")
            record = {"patient_id": "P%07d" % i, "name": name, "text": "神志清，精神可。"}
            place = r.random()
            told = value if kind == 2 else spellings(r, value, number)
            if place < 0.55:
                field = r.choice(FIELDS)
                record[field] = told if field == "name" and kind != 3 else nested(r, carrier(r, told))
                if number and value.isdigit() and r.random() < 0.1:
                    record[field] = int(value)
                if kind == 3 and field in ("name", "patient_id"):
                    record = {"patient_id": "P%07d" % i, "name": name, "text": "陪同者" + name + "。"}
            elif place < 0.95:
                where = r.choice(MDX)
                record["_mdx"] = mdx(r, where, carrier(r, told) if where != "src.line" or not number else int(re.sub("X", "1", value)), maker)
            else:
                record[told] = 1
            line = write(r, record)
            if r.random() < 0.01:
                line = line[:-r.randint(1, 5)]
            out.write(line + "\n")


def strings(v):
    if isinstance(v, dict):
        for k, x in v.items():
            yield k
            yield from strings(x)
    elif isinstance(v, list):
        for x in v:
            yield from strings(x)
    elif v is not None:
        yield str(v)


def plain(text):
    text = unicodedata.normalize("NFKC", text)
    text = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)
    text = text.translate({ord(c): str(i) for i, c in enumerate("〇一二三四五六七八九")})
    return re.sub(r"[\s\u200b\-|/_,]", "", text)


def look(folder, files):
    wanted = {}  # by their first two characters
    for line in open(folder + "/planted"):
        value = plain(line.rstrip("\n"))
        wanted.setdefault(value[:2], set()).add(value)
    bad, seen = set(), set()
    for path in files:
        for line in open(path):
            try:
                texts = list(strings(json.loads(line)))
            except ValueError:
                texts = [line]
            for text in texts:
                if text in seen:
                    continue
                seen.add(text)
                text = plain(text)
                for at in range(len(text) - 1):
                    for value in wanted.get(text[at:at + 2], ()):
                        if text.startswith(value, at):
                            bad.add((value, path, line[:400]))
    for value, path, line in sorted(bad):
        print(value, path, line)
    return 1 if bad else 0


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        sys.exit(look(sys.argv[2], sys.argv[3:]))
