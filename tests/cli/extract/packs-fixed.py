"""Every id that is fixed, with its level, type, unit and codes.

usage: packs-fixed.py EXPECTED.csv PACKS

Rows and units are looked up in the catalogues, codes in the schema that a
model gets, where lexicons stand in full.  In the table - is anything; no
codes: none is fixed, but a code has some.
"""
import csv
import json
import os
import subprocess
import sys

expected, packs = sys.argv[1:]


def rows_of(pack):
    with open(os.path.join(packs, pack, "indicators.csv"),
              encoding="utf-8-sig") as f:
        return {r["id"]: r for r in csv.DictReader(f)}


def codes_of(pack):
    """id -> the codes of its schema, of whatever document type."""
    with open(os.path.join(packs, pack, "extract.json"),
              encoding="utf-8") as f:
        documents = [d["id"] for d in json.load(f)["documents"]]
    codes = {}
    for document in documents:
        schema = json.loads(subprocess.run(
            ["mdx-extract", "schema", "-p", pack, "--doc", document],
            stdout=subprocess.PIPE, check=True).stdout)
        for name, value in schema["properties"].items():
            if value["type"] == "array":
                for key, one in value["items"]["properties"].items():
                    codes[name + "." + key] = one["properties"]["v"]
            else:
                codes[name] = value["properties"]["v"]
    return {i: [c for c in v.get("enum", []) if c is not None]
            for i, v in codes.items()}


core = rows_of("core")
seen, right = {}, {}
with open(expected, encoding="utf-8") as f:
    for want in csv.DictReader(f):
        pack, name = want["pack"], want["id"]
        if pack not in seen:
            seen[pack] = {**core, **rows_of(pack)}, codes_of(pack)
        rows, codes = seen[pack]
        row, wrong = rows.get(name), []
        if row is None:
            print(pack, name, "is not there")
            continue
        for column in "level", "type", "unit":
            if want[column] not in ("-", row[column]):
                wrong.append("%s %r" % (column, row[column]))
        if want["codes"].startswith("@"):
            if row["values"] != want["codes"]:
                wrong.append("values " + row["values"])
        elif want["codes"]:
            if sorted(codes.get(name, [])) != sorted(want["codes"].split()):
                wrong.append("codes " + " ".join(codes.get(name, [])))
        elif want["type"] == "code" and not codes.get(name):
            wrong.append("no codes")
        if wrong:
            print(pack, name, "; ".join(wrong))
        else:
            right[pack] = right.get(pack, 0) + 1
for pack, n in right.items():
    print(pack, n, "as they are fixed")
