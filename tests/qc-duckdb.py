#!/usr/bin/python3
"""qc-duckdb --node DIR --seed N: counts of mdx-qc against DuckDB's.

Random records and random rules of one record; each rule is also written as two
sums of SQL, how many records it applies to and how many fail.  DIR holds
node_modules/@duckdb/node-api.  Prints the rules that differ; exit 1.
"""
import argparse
import csv
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[1]
TEXTS = {"sex": "男 女 1 2 未知 不详".split(), "dept": "呼吸科 肾内科 - ICU 超声科 N/A".split(),
         "code": "J18.9 C73 A41 K35.8 J96.0 i10".split()}
NUMBERS = {"age": (0, 140, 0), "days": (-2, 60, 0), "cost": (0, 2000, 2), "drug": (0, 1000, 2)}
DATES = ("admit", "discharge")
PLACEHOLDERS = ("", "-", "--", "—", "/", "NULL", "N/A", "NA", "不详", "未知", "未填", "未填写", "null")


def value(rng, field):
    if field in TEXTS:
        return rng.choice(TEXTS[field])
    if field in DATES:
        return "2024-%02d-%02d" % (rng.randint(1, 12), rng.randint(1, 28))
    low, high, places = NUMBERS[field]
    return rng.randint(low, high) if places == 0 else rng.randint(low * 100, high * 100) / 100


def record(rng, i):
    r = {"id": "r%d" % i}
    for field in (*TEXTS, *NUMBERS, *DATES):
        luck = rng.random()
        if luck < .05:
            continue
        r[field] = None if luck < .1 else "" if luck < .13 and field in TEXTS else value(rng, field)
    return r


def there(field):
    if field in TEXTS:
        return "(%s IS NOT NULL AND trim(%s) NOT IN (%s))" % (field, field, quoted(PLACEHOLDERS))
    return "(%s IS NOT NULL)" % field


def quoted(words):
    return ", ".join("'%s'" % w for w in words)


def bounds(rng, field):
    low, high, places = NUMBERS[field]
    a, b = sorted(rng.sample(range(low, high), 2))
    half = ".5" if places and rng.random() < .5 else ""
    return "%d" % a, "%d%s" % (b, half)


def check(rng):
    """(field, check, arg, SQL of what is good, SQL of what must be there)"""
    kind = rng.choice("enum range length regex compare sum days required".split())
    if kind == "enum":
        f = rng.choice(list(TEXTS))
        some = rng.sample([w for w in TEXTS[f] if w not in PLACEHOLDERS], 2)
        return f, "enum", "|".join(some), "%s IN (%s)" % (f, quoted(some)), there(f)
    if kind == "range":
        f = rng.choice(list(NUMBERS))
        a, b = bounds(rng, f)
        left, right = rng.choice("[("), rng.choice("])")
        return (f, "range", "%s%s,%s%s" % (left, a, b, right), "%s %s %s AND %s %s %s" % (
            f, ">=" if left == "[" else ">", a, f, "<=" if right == "]" else "<", b), there(f))
    if kind == "length":
        f = rng.choice(list(TEXTS))
        return f, "length", "[2,3]", "length(%s) BETWEEN 2 AND 3" % f, there(f)
    if kind == "regex":
        return ("code", "regex", "^[A-Z]\\d{2}(\\.\\d)?$", "regexp_full_match(code, '[A-Z][0-9]{2}(\\.[0-9])?')",
                there("code"))
    if kind == "compare":
        sign = rng.choice(("<", "<=", ">", ">=", "=", "!="))
        a, b = rng.choice((("admit", "discharge"), ("cost", "drug"), ("age", "days")))
        return (a, "compare", "%s %s" % (sign, b), "%s %s %s" % (a, sign.replace("!=", "<>"), b),
                there(a) + " AND " + there(b))
    if kind == "sum":
        return ("cost", "compare", ">= sum(drug, days)", "cost >= coalesce(drug, 0) + coalesce(days, 0)", there("cost"))
    if kind == "days":
        n = rng.randint(1, 90)
        return ("discharge", "compare", "<= admit + %dd" % n, "discharge <= admit + INTERVAL %d DAY" % n,
                there("discharge") + " AND " + there("admit"))
    f = rng.choice((*TEXTS, *NUMBERS, *DATES))
    return f, "required", "", there(f), "true"


def condition(rng):
    kind = rng.choice("none none equal in interval exists both".split())
    if kind == "none":
        return "", "true"
    if kind == "equal":
        return "sex = 男", there("sex") + " AND sex = '男'"
    if kind == "in":
        return "dept in {ICU, 肾内科}", there("dept") + " AND dept IN ('ICU', '肾内科')"
    if kind == "interval":
        a, b = bounds(rng, "age")
        return "age in [%s,%s)" % (a, b), "age >= %s AND age < %s" % (a, b)
    if kind == "exists":
        return "dept exists", there("dept")
    return ("code prefix J & !(age < 18)",
            there("code") + " AND starts_with(code, 'J') AND age >= 18")


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--node", required=True)
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--records", type=int, default=3000)
    parse.add_argument("--rules", type=int, default=300)
    args = parse.parse_args()
    rng = random.Random(args.seed)
    work = pathlib.Path(tempfile.mkdtemp())
    data = work / "r.ndjson"
    data.write_text("".join(json.dumps(record(rng, i), ensure_ascii=False) + "\n" for i in range(args.records)), "utf-8")
    sums = []
    with (work / "rules.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow("id field check arg when missing message".split())
        for i in range(args.rules):
            field, name, arg, good, needs = check(rng)
            when, where = condition(rng)
            fails = name not in ("required", "compare") and rng.random() < .3
            out.writerow(("R%d" % i, field, name, arg, when, "fail" if fails else "", "规则"))
            # Unknown is no truth on either side.
            judged = "coalesce(%s, false)" % (where if fails else "(%s) AND (%s)" % (where, needs))
            bad = "NOT coalesce((%s) AND (%s), false)" % (needs, good)
            sums += ["sum(CASE WHEN %s THEN 1 ELSE 0 END)" % judged,
                     "sum(CASE WHEN %s AND %s THEN 1 ELSE 0 END)" % (judged, bad)]
    columns = {**{f: "VARCHAR" for f in TEXTS}, "age": "INTEGER", "days": "INTEGER", "cost": "DECIMAL(12,2)",
               "drug": "DECIMAL(12,2)", **{f: "DATE" for f in DATES}}
    (work / "q.sql").write_text("SELECT count(*), %s FROM read_json('%s', format = 'newline_delimited', columns = {%s})" % (
        ", ".join(sums), data, ", ".join("%s: '%s'" % c for c in columns.items())), "utf-8")
    subprocess.run(["mdx-qc", "--rules-only", "-r", work / "rules.csv", "--no-output", "--fail-on", "never",
                    "--summary", work / "s", data], check=True)
    ours = {}
    for line in (work / "s").read_text("utf-8").splitlines():
        t = json.loads(line)
        if t["t"] == "rule" and "by" not in t:
            ours[t["rule"]] = (t["applicable"], t["fail"])
    script = shutil.copy(TOP / "tests" / "bench" / "duckdb-count.mjs", args.node)
    theirs = json.loads(subprocess.run(["node", script, work / "q.sql"], check=True, capture_output=True).stdout)[1:]
    rows = list(csv.DictReader((work / "rules.csv").open(encoding="utf-8", newline="")))
    different = failing = 0
    for i, row in enumerate(rows):
        pair = (theirs[2 * i], theirs[2 * i + 1])
        failing += pair[1] > 0
        if ours[row["id"]] != pair:
            different += 1
            print("differs", row, "mdx-qc", ours[row["id"]], "DuckDB", pair)
    shutil.rmtree(work)
    print("%d rules, %d of them fail somewhere, %d differ" % (len(rows), failing, different))
    return 1 if different or failing < len(rows) // 2 else 0


if __name__ == "__main__":
    sys.exit(main())
