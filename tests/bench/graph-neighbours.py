"""Milliseconds that the neighbours of an entity take, the median of 500 spread
over the graph, each found by its id.

    graph-neighbours.py GRAPH.sqlite
"""
import sqlite3
import statistics
import sys
import time

db = sqlite3.connect(sys.argv[1])
last, = db.execute("SELECT max(eid) FROM entity").fetchone()
ids = [db.execute("SELECT id FROM entity WHERE eid = ?",
                  (1 + i * 7919 % last,)).fetchone()[0] for i in range(500)]
times = []
for one in ids:
    began = time.perf_counter()
    db.execute(
        "SELECT predicate, object, count FROM triple WHERE subject = ?1"
        " UNION ALL"
        " SELECT predicate, subject, count FROM triple WHERE object = ?1",
        (one,)).fetchall()
    times.append(time.perf_counter() - began)
print(f"{statistics.median(times) * 1000:.2f}")
