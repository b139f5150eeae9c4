#!/usr/bin/env python3
"""Score the kinds that mdx-ingest tells from headers.csv.

score.py make DIR    write one table a header into DIR, two rows of values each
score.py count [-v] <RECORDS   compare _mdx.kind with what is expected

-v names the headers of half A that are not right; half B is only counted.
"""
import csv
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VALUES = (
    (("时间", "time", "sj"), "2024-03-0%d 08:1%d:00"),
    (("日期", "date", "rq"), "2024-03-0%d"),
    (("姓名", "name", "xm"), "样例%d"),
    (("号", "码", "id", "no", "code"), "10%d0%d"),
    (("金额", "价", "量", "值", "amount", "je"), "%d.%d5"),
)


def value(column, row):
    """An invented value that suits the column's name."""
    name = column.strip().lower()
    for parts, form in VALUES:
        if any(p in name for p in parts):
            return form % ((row,) * form.count("%d"))
    return "值%d" % row


def headers():
    with open(os.path.join(HERE, "headers.csv"), encoding="utf-8",
              newline="") as f:
        return list(csv.DictReader(f))


def make(folder):
    os.makedirs(folder, exist_ok=True)
    for h in headers():
        columns = next(csv.reader([h["header"]]))
        with open(os.path.join(folder, h["name"]), "w", encoding="utf-8",
                  newline="") as f:
            f.write(h["header"] + "\n")
            for row in (1, 2):
                f.write(",".join(value(c, row) for c in columns) + "\n")


def outcome(expected, told):
    """right, other or wrong; told is the set of kinds of the file's rows."""
    if len(told) == 1 and told <= set(expected.split("|")):
        return "right"
    return "other" if told == {"other"} else "wrong"


def count(verbose):
    told = {}
    for line in sys.stdin:
        mdx = json.loads(line)["_mdx"]
        name = os.path.basename(mdx["src"]["uri"])
        told.setdefault(name, set()).add(mdx["kind"])
    tally = {}
    for h in headers():
        group = "no kind" if h["kind"].startswith("other") else "kinds"
        got = told.get(h["name"], {"(no record)"})
        what = outcome(h["kind"], got)
        key = h["split"], group
        tally.setdefault(key, {"right": 0, "other": 0, "wrong": 0})[what] += 1
        if verbose and what != "right" and h["split"] == "A":
            print(what, h["kind"], "told", "/".join(sorted(got)), h["name"],
                  h["header"], sep="\t")
    for (split, group), n in sorted(tally.items()):
        print("%s %s: %d of %d right, %d other, %d wrong" % (
            split, group, n["right"], sum(n.values()), n["other"], n["wrong"]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"] and len(sys.argv) == 3:
        make(sys.argv[2])
    elif sys.argv[1:] in (["count"], ["count", "-v"]):
        count(len(sys.argv) == 3)
    else:
        sys.exit(__doc__)
