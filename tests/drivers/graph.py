"""kill -9 a run of `graph` anywhere: the database is that of before or holds
whole records, files of lines are whole or not there, and the same command
finishes what another would have made at once.

graph.py [KILLS [SEED]]
"""
import json, os, random, signal, sqlite3, subprocess, sys, time

kills = int(sys.argv[1]) if len(sys.argv) > 1 else 12
rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20261126)
passed = failed = struck = 0


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAIL ", what)


def graph(*args):
    return ["mdx-normalize", "graph", *args]


def lines():
    return [open(name, "rb").read() if os.path.exists(name) else None for name in ("e", "r")]


def count(sql):
    db = sqlite3.connect("g.sqlite")
    whole = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    there = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] > 0
    n = db.execute(sql).fetchone()[0] if there else 0
    db.close()
    return whole, n


def run_killed(args, after):
    """Whether it was still at work."""
    p = subprocess.Popen(args)
    time.sleep(after)
    p.kill()
    return p.wait() == -signal.SIGKILL


with open("in.ndjson", "w") as f:
    for i in range(6000):
        f.write(json.dumps({
            "patient_id": f"P{i % 700}", "visit_id": f"V{i % 1900}", "time": f"2020-01-{i % 28 + 1:02d}",
            "diagnosis_codes": [{"code": f"C{rng.randrange(900)}", "system": "icd10-yb", "version": "2.0"}],
            "_mdx": {"id": f"r{i}"}}) + "\n")
command = graph("--db", "g.sqlite", "--entities", "e", "--relations", "r")
began = time.time()
subprocess.run(command + ["in.ndjson"], check=True)
took = time.time() - began
wanted = lines()
with open("lines.ndjson", "wb") as f:
    f.write(wanted[0] + wanted[1])

for i in range(kills):
    of_lines = i % 2 == 1
    source = "lines.ndjson" if of_lines else "in.ndjson"
    for name in ("g.sqlite", "g.sqlite-journal", "e", "r"):
        if os.path.exists(name):
            os.remove(name)
    killed = run_killed(command + [source], rng.random() * took)
    struck += killed
    found = lines()
    check(all(a is None or a == b for a, b in zip(found, wanted)), f"{i}: a file of lines is half there")
    whole, n = count("SELECT count(*) FROM seen" if not of_lines else "SELECT count(*) FROM relation")
    check(whole, f"{i}: the database is damaged")
    check(n in ((0, 6000) if not of_lines else (0, wanted[1].count(b"\n"))), f"{i}: a part of the run is there ({n})")
    if not of_lines or n == 0:
        subprocess.run(command + [source], check=True)
        check(lines() == wanted, f"{i}: the same command gives another graph")
check(struck > 0, "no run was struck")
print(f"graph: {passed} passed, {failed} failed, 0 skipped")
sys.exit(failed > 0)
