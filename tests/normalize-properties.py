#!/usr/bin/python3
"""What no record may do to the bytes of another, nor a second pass to any.

    normalize-properties.py FILE.ndjson...

Generated records, and those of the files, go through mdx-normalize: with one
worker and eight, cut into pieces, and a second time.  All must give the same
bytes.  A line whose record nothing touched, and each member that no row knows,
must be as it came.
"""
import csv
import glob
import json
import os
import random
import subprocess
import sys

SHARE = os.environ["MDX_SHARE"]
ALONE = ["x", "y z", "é", "\\u0041b", "自编字段", "_mdx_", "deep"]
VALUES = ["2018-01-14", "2018年1月14日", "20180114080500", "1/2/2018", "2018-02-30", "24:00",
          "5.60", "<0.5", "3-5", "1:80", "阴性", "3+", "5.6mmol/L", "1,234.5", "1.2×10^3", "-",
          "mmol/L", "×10^9/L", "IU/L", "℃", "不详", "", " ", "男", "女", "是", "无", "45岁", "1岁6月",
          "高血压", "2型糖尿病;高血压", "E11.900", "标本溶血", "120/80", "3.9-6.1", "99↑", "\\u0035",
          "a\\\"b", "\\t", "\\ud83d\\ude00", "１２", "NULL", "1900-01-01", "血糖", "GLU", "白细胞"]
RAW = ["0.10", "1e400", "1234567890123456789", "-0", "true", "false", "null", "[]", "{}",
       '[1, 2,  "a"]', '{"a":{"b":[null]}}', "5.60", "99", "1E5"]


def columns():
    names = set()
    for path in glob.glob(f"{SHARE}/packs/*/map.csv"):
        for row in csv.DictReader(open(path, encoding="utf-8")):
            names.add(row["column"].split(".")[0].split("[")[0])
            names.add(row["target"])
    return sorted(n for n in names if n and n != "kind" and "." not in n and "+" not in n)


def value(rng):
    return rng.choice(RAW) if rng.random() < 0.3 else f'"{rng.choice(VALUES)}"'


def record(rng, names, kinds):
    """A line, and the members of it that no row knows."""
    members, alone = [], []
    for name in rng.sample(names, rng.randrange(0, 7)):
        members.append(f'"{name}"{rng.choice(["", " "])}:{rng.choice(["", " "])}{value(rng)}')
    for name in rng.sample(ALONE, rng.randrange(0, 3)):
        members.append(f'"{name}" :{value(rng)}')
        alone.append(members[-1])
    rng.shuffle(members)
    if rng.random() < 0.8:
        members.append(f'"_mdx":{{"id":"{rng.random()}","kind":"{rng.choice(kinds)}"}}')
    return "{" + rng.choice([",", ", "]).join(members) + "}", alone


def run(options, lines):
    done = subprocess.run(["mdx-normalize", "-q", "--max-rejects", "100%", *options],
                          input="".join(x + "\n" for x in lines).encode(), check=True,
                          capture_output=True)
    return done.stdout.decode().splitlines()


def say(what, ok):
    print("ok " if ok else "NOT ok ", what)
    return ok


def check(name, lines, options, alone=None):
    one = run(["-j1", *options], lines)
    ok = say(f"{name}: eight workers give the bytes of one",
             one == run(["-j8", *options], lines))
    cut = max(1, len(lines) // 7)
    pieces = [x for n in range(0, len(lines), cut) for x in run(options, lines[n:n + cut])]
    ok &= say(f"{name}: pieces give the bytes of the whole", one == pieces)
    ok &= say(f"{name}: a second pass changes no byte", one == run(options, one))
    touched = sum(a != b for a, b in zip(lines, one))
    ok &= say(f"{name}: no line is lost, at least a third are touched",
              len(one) == len(lines) and 3 * touched > len(lines))
    ok &= say(f"{name}: what changed says so",
              all(a == b or '"norm":' in b for a, b in zip(lines, one)))
    if alone:
        ok &= say(f"{name}: members that no row knows are as they came",
                  all(m in b for ms, b in zip(alone, one) for m in ms))
    return ok


def main():
    rng = random.Random(20240131)
    kinds = ["lab", "patient", "diagnosis", "inpatient", "surgery", "order", "exam", "icu",
             "front-page", "vital", "fee", "followup", "unheard-of"]
    made = [record(rng, columns(), kinds) for _ in range(2500)]
    lines, alone = [m[0] for m in made], [m[1] for m in made]
    ok = check("made", lines, [], alone)
    ok &= check("made, packs and zone", lines,
                ["-p", "icu", "-p", "front-page", "--tz", "+08:00"], alone)
    for path in sys.argv[1:]:
        ok &= check(os.path.basename(path), open(path, encoding="utf-8").read().splitlines(), [])
    return not ok


if __name__ == "__main__":
    sys.exit(main())
