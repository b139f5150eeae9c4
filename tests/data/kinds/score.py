#!/usr/bin/env python3
"""Score the kinds that mdx-ingest tells from the header lines of a file here.

score.py make LINES DIR     write one table a line into DIR, two rows each
score.py count LINES <RECORDS            compare _mdx.kind with what is expected
score.py hold LINES RIGHT WRONG <RECORDS
                            fail under so many right or over so many wrong
score.py show LINES <RECORDS             count, and name those that are not right

A line whose kind is other|log is right as either.  A kind that is neither
expected nor 'other' is wrong.
"""
import csv
import json
import os
import sys

COUNTED_ONLY = {"blind-c.csv"}  # see README.md
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


def lines(name):
    with open(os.path.join(HERE, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def delimiter(header):
    """The one of those that mdx-ingest knows that cuts it most often."""
    return max(",\t;|^\x01", key=header.count)


def make(name, folder):
    """Each file in a folder of its own: names may repeat."""
    for i, h in enumerate(lines(name)):
        between = delimiter(h["header"])
        columns = next(csv.reader([h["header"]], delimiter=between))
        place = os.path.join(folder, "%04d" % i)
        os.makedirs(place)
        with open(os.path.join(place, h["name"]), "w", encoding="utf-8",
                  newline="") as f:
            f.write(h["header"] + "\n")
            for row in (1, 2):
                f.write(between.join(value(c, row) for c in columns) + "\n")


def outcome(expected, told):
    """right, other or wrong; told is the set of kinds of the file's rows."""
    if len(told) == 1 and told <= set(expected.split("|")):
        return "right"
    return "other" if told == {"other"} else "wrong"


def told_by_line():
    told = {}
    for record in sys.stdin:
        mdx = json.loads(record)["_mdx"]
        number = int(os.path.basename(os.path.dirname(mdx["src"]["uri"])))
        told.setdefault(number, set()).add(mdx["kind"])
    return told


def tally(name, show):
    told = told_by_line()
    result = {"right": 0, "other": 0, "wrong": 0}
    for i, h in enumerate(lines(name)):
        got = told.get(i, {"(no record)"})
        what = outcome(h["kind"], got)
        result[what] += 1
        if show and what != "right":
            print(what, h["kind"], "told", "/".join(sorted(got)), h["name"],
                  h["header"], sep="\t")
    return result


def main(verb, name, *rest):
    if verb == "make":
        return make(name, *rest)
    if verb == "show" and name in COUNTED_ONLY:
        sys.exit("%s is only counted" % name)
    n = tally(name, verb == "show")
    text = "%s: %d of %d right, %d other, %d wrong" % (
        name, n["right"], sum(n.values()), n["other"], n["wrong"])
    if verb != "hold":
        print(text)
    elif n["right"] >= int(rest[0]) and n["wrong"] <= int(rest[1]):
        print("%s holds" % name)
    else:
        sys.exit("%s; was %s right, %s wrong" % (text, *rest))


if __name__ == "__main__":
    if len(sys.argv) - 2 != {"make": 2, "count": 1, "show": 1,
                             "hold": 3}.get(sys.argv[1:2] and sys.argv[1]):
        sys.exit(__doc__)
    main(*sys.argv[1:])
