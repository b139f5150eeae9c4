"""The lines of a graph into the tables of `mdx-normalize graph --db`, as one
writes it in Python: a dictionary for the numbers, executemany for the rows, one
transaction, the index last.

    graph-peer.py EMPTY.sqlite OUT.sqlite LINES...

EMPTY is a graph without anything, whose tables are taken over.
"""
import json
import sqlite3
import sys

empty, out, *inputs = sys.argv[1:]
db = sqlite3.connect(out)
db.execute("PRAGMA cache_size = -65536")
last = None
for name, sql in sqlite3.connect(empty).execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"):
    if name == "relation_object":
        last = sql
    else:
        db.execute(sql)
SIZE = 100000
numbers, predicates, sources = {}, {}, {}
entities, aliases, grams, relations = [], [], [], []


def flush():
    db.executemany("INSERT INTO entity VALUES (?,?,?,?,?,?,?,?,1)", entities)
    db.executemany("INSERT OR IGNORE INTO alias VALUES (?,?,?)", aliases)
    db.executemany("INSERT OR IGNORE INTO gram VALUES (?,?)", grams)
    db.executemany(
        "INSERT INTO relation VALUES (?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
        " count = count + excluded.count, first = min(first, excluded.first),"
        " last = max(last, excluded.last)", relations)
    for rows in (entities, aliases, grams, relations):
        rows.clear()


def number(table, name):
    return table.setdefault(name, len(table) + 1)


def name_it(eid, name):
    for i in range(len(name) - 1):
        grams.append((name[i:i + 2], eid))


for path in inputs:
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            if one["_mdx"]["kind"] == "entity":
                eid = number(numbers, one["id"])
                entities.append((eid, one["id"], one["type"], one.get("name"),
                                 one.get("system"), one.get("version"),
                                 one.get("code"), one["count"]))
                name_it(eid, one["name"])
                for alias in one.get("aliases", ()):
                    aliases.append((eid, alias, "graph"))
                    name_it(eid, alias)
            else:
                relations.append((
                    numbers[one["subject"]],
                    number(predicates, one["predicate"]),
                    numbers[one["object"]], number(sources, one["source"]),
                    one["count"], one.get("first"), one.get("last")))
            if len(entities) + len(relations) >= SIZE:
                flush()
flush()
db.executemany("INSERT INTO predicate (name, pid) VALUES (?,?)",
               predicates.items())
db.executemany("INSERT INTO source (name, sid) VALUES (?,?)", sources.items())
db.execute(last)
db.commit()
