#!/usr/bin/env python3
"""terms-data.py TERMINOLOGY FOLDER: the published lists as a terms folder
with three systems of some 80,000 names, and `asked`, names as a hand in a
hurry writes them: a character lost, two swapped, or as they are."""
import csv
import random
import sys

lists, folder = sys.argv[1:]
hurry = random.Random(1)


def names(file):
    with open(f"{lists}/{file}.opendrg.tsv", encoding="utf-8", newline="") as f:
        rows = [[cell.strip() for cell in row[:2]]
                for row in csv.reader(f, delimiter="\t")][1:]
    return dict(rows)


def put(system, codes):
    with open(f"{folder}/{system}.csv", "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["code", "name"])
        out.writerows(codes.items())


def hasty(name):
    i = hurry.randrange(len(name))
    how = hurry.random()
    if len(name) < 4 or how < 0.2:
        return name
    if how < 0.7:
        return name[:i] + name[i + 1:]
    return name[:i] + name[i + 1:i + 2] + name[i:i + 1] + name[i + 2:]


diagnoses = names("icd10-cn-yibao")
put("icd10-yb@2.0", diagnoses)
put("icd10-gl@2.0", diagnoses)
put("icd9cm3-yb@2.0", names("icd9cm3-cn-yibao"))
with open(f"{folder}/asked", "w", encoding="utf-8") as f:
    for name in hurry.sample(sorted(set(diagnoses.values())), 20000):
        f.write(hasty(name).replace("{", "(") + "\n")
