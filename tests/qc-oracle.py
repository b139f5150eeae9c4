#!/usr/bin/env python3
"""A slow, obvious evaluator of rule files, compared with mdx-qc.

Written from mdx-rules(5), apart from the tool's code: it walks every rule for
every record, with Python's Decimal and datetime.  The rules and records are
random but for the seed, which is printed.

    tests/qc-oracle.py [--seed N] [--rules N] [--records N]
"""
import argparse
import json
import math
import random
import re
import subprocess
import sys
import tempfile
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

PLACEHOLDERS = {"-", "--", "—", "/", "NULL", "null", "N/A", "NA", "不详",
                "未知", "未填", "未填写"}
BLANKS = " \t\r\n\u3000\u00a0\ufeff"
MISSING = object()


def lookup(record, path):
    """All values at a path, [] meaning each element, with their places."""
    found = [("", record)]
    for i, (name, each) in enumerate(
            re.findall(r"([^.\[\]]+)(\[\])?", path)):
        out = []
        for place, v in found:
            here = place + ("." if i else "") + name
            v = v.get(name, MISSING) if isinstance(v, dict) else MISSING
            if not each:
                out.append((here, v))
            elif isinstance(v, list):
                out += [(f"{here}[{k}]", x) for k, x in enumerate(v)]
            else:
                out.append((here + "[]", MISSING))
        found = out
    return found


def text(v):
    if isinstance(v, str):
        return v.strip(BLANKS)
    if v is True or v is False:
        return "true" if v else "false"
    return str(v) if isinstance(v, Number) else None


class Number:
    """A JSON number with its spelling."""

    def __init__(self, spelling):
        self.spelling = spelling

    def __str__(self):
        return self.spelling


def missing(v, allowed=()):
    if v is MISSING or v is None:
        return True
    if isinstance(v, str):
        t = v.strip(BLANKS)
        return t == "" or (t in PLACEHOLDERS and t not in allowed)
    return False


def number(v):
    if not isinstance(v, (str, Number)):
        return None
    t = text(v)
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?",
                        t):
        return None
    try:
        return Decimal(t)
    except InvalidOperation:
        return None


def when_of(v):
    """(date, datetime or None) of ISO text."""
    if not isinstance(v, str):
        return None
    t = v.strip(BLANKS)
    m = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)"
                     r"(?::(\d\d))?)?", t)
    if not m:
        return None
    try:
        day = date(int(m[1]), int(m[2]), int(m[3]))
        if m[4] is None:
            return day, None
        return day, datetime(day.year, day.month, day.day, int(m[4]),
                             int(m[5]), int(m[6] or 0))
    except ValueError:
        return None


def order(a, b):
    """-1, 0, 1 of two dates: by the day where one is a day."""
    x, y = (a[1], b[1]) if a[1] and b[1] else (a[0], b[0])
    return (x > y) - (x < y)


def interval(spec):
    m = re.fullmatch(r"([\[(])(.*),(.*)([\])])", spec)
    return m[1], m[2].strip(), m[3].strip(), m[4]


def inside(n, spec):
    left, low, high, right = interval(spec)
    if low and (n < Decimal(low) or (left == "(" and n == Decimal(low))):
        return False
    return not (high and (n > Decimal(high) or
                          (right == ")" and n == Decimal(high))))


# --- conditions: None is unknown -------------------------------------------------

def compare_one(op, v, arg, allowed):
    if missing(v, allowed) or text(v) is None:
        return None
    if op in ("=", "in"):
        for c in arg:
            if isinstance(v, Number):
                n = number(c)
                if n is not None and n == number(v):
                    return True
            elif text(v) == c:
                return True
        return False
    if op == "prefix":
        return text(v).startswith(arg)
    n = number(v)
    if n is None:
        return None
    if op == "within":
        return inside(n, arg)
    k = Decimal(arg)
    return {"<": n < k, "<=": n <= k, ">": n > k, ">=": n >= k}[op]


def holds(cond, record, allowed):
    op = cond[0]
    if op == "and":
        a, b = (holds(c, record, allowed) for c in cond[1:])
        return False if a is False or b is False else \
            None if a is None or b is None else True
    if op == "or":
        a, b = (holds(c, record, allowed) for c in cond[1:])
        return True if a is True or b is True else \
            None if a is None or b is None else False
    if op == "not":
        a = holds(cond[1], record, allowed)
        return None if a is None else not a
    values = [v for _, v in lookup(record, cond[1])]
    allow = allowed.get(cond[1], ())
    if op in ("exists", "missing"):
        there = any(not missing(v, allow) for v in values)
        return there if op == "exists" else not there
    if op == "!=":
        a = holds(("=", cond[1], cond[2]), record, allowed)
        return None if a is None else not a
    got = [compare_one(op, v, cond[2], allow) for v in values]
    return True if True in got else False if False in got else None


def spell(cond):
    op = cond[0]
    if op in ("and", "or"):
        return f"({spell(cond[1])} {'&' if op == 'and' else '|'} " \
               f"{spell(cond[2])})"
    if op == "not":
        return f"!({spell(cond[1])})"
    if op in ("exists", "missing"):
        return f"{cond[1]} {op}"
    if op == "in":
        return f"{cond[1]} in {{{', '.join(map(json.dumps, cond[2]))}}}"
    if op in ("=", "!="):
        return f"{cond[1]} {op} {json.dumps(cond[2][0])}"
    if op == "prefix":
        return f"{cond[1]} prefix {json.dumps(cond[2])}"
    return f"{cond[1]} {'in' if op == 'within' else op} {cond[2]}"


# --- checks: True passes, False fails, None does not apply -----------------------

def check_value(rule, v, record, allowed):
    kind, arg = rule["check"], rule["arg"]
    if kind == "type":
        n = number(v)
        return {"number": n is not None,
                "integer": n is not None and n == n.to_integral_value(),
                "string": isinstance(v, str),
                "boolean": v is True or v is False,
                "array": isinstance(v, list),
                "object": isinstance(v, dict),
                "date": when_of(v) is not None,
                "datetime": bool(when_of(v) and when_of(v)[1])}[arg]
    if kind == "range":
        n = number(v)
        return None if n is None else inside(n, arg)
    if kind == "precision":
        n = number(v)
        return None if n is None else -n.as_tuple().exponent <= int(arg)
    if kind == "date":
        if not isinstance(v, str):
            return None
        d = when_of(v)
        if d is None:
            return False
        _, low, high, _ = interval(arg)
        return order(d, (date.fromisoformat(low), None)) >= 0 and \
            order(d, (date.fromisoformat(high), None)) <= 0
    if kind == "compare":
        return check_compare(rule, v, record, allowed)
    if kind == "count":
        if not isinstance(v, list):
            return None
        return inside(Decimal(len(v)), arg)
    if kind == "reference":
        return check_limits(rule, v, record, allowed)
    t = text(v)
    if t is None:
        return None
    if kind == "map":
        return check_map(rule, t, record, allowed)
    if kind == "length":
        return inside(Decimal(len(t)), arg)
    if kind == "digits":
        return re.fullmatch(r"[0-9]{%s}" % arg, t) is not None
    if kind == "enum":
        return t in arg.split("|")
    if kind == "regex":
        return re.search(arg, t) is not None
    raise ValueError(kind)


def check_map(rule, t, record, allowed):
    """The longest key that the value begins with says what o.p may be."""
    other = lookup(record, "o.p")[0][1]
    if missing(other, allowed.get("o.p", ())):
        return None
    keys = [k for k in rule["table"] if t.startswith(k)]
    if not keys:
        return None
    return text(other) in rule["table"][max(keys, key=len)]


def sex_of(v):
    words = {"1": "M", "男": "M", "M": "M", "2": "F", "女": "F", "F": "F"}
    return words.get(text(v)) if text(v) is not None else None


def check_limits(rule, v, record, allowed):
    """True, False, None; "error" where no row is for this patient."""
    n = number(v)
    if n is None:
        return None
    unit = lookup(record, rule["field"] + "_unit")[0][1]
    if not isinstance(unit, str):
        unit = record.get("unit")
    unit = unit.strip(BLANKS) if isinstance(unit, str) else ""
    sex, age = (None if missing(record.get(m, MISSING), allowed.get(m, ()))
                else record[m] for m in ("sex", "age"))
    perhaps = False
    for row in rule["limits"]:
        fits = []
        if row["unit"]:
            fits.append(None if not unit else unit == row["unit"])
        if row["sex"]:
            s = sex_of(sex) if sex is not None else None
            fits.append(None if s is None else s == sex_of(row["sex"]))
        if row["age_low"] or row["age_high"]:
            a = number(age) if age is not None else None
            fits.append(None if a is None else inside(
                a, f"[{row['age_low']},{row['age_high']})"))
        if False in fits:
            continue
        if None in fits:
            perhaps = True
            continue
        return inside(n, f"[{row['low']},{row['high']}]")
    return None if perhaps else "error"


def check_compare(rule, v, record, allowed):
    op, names, tolerance = rule["parsed"]
    left = number(v)
    if len(names) > 1:
        right = Decimal(0)
        for name in names:
            w = lookup(record, name)[0][1]
            if missing(w, allowed.get(name, ())) or text(w) is None:
                continue
            if number(w) is None:
                return None
            right += number(w)
    else:
        w = lookup(record, names[0])[0][1]
        if missing(w, allowed.get(names[0], ())) or text(w) is None or \
                text(v) is None:
            return None
        right = number(w)
        if left is None and right is None:
            a, b = when_of(v), when_of(w)
            if a and b:
                o = order(a, b)
                return {"=": o == 0, "<=": o <= 0, ">=": o >= 0}[op]
        if left is None or right is None:
            return text(v) == text(w) if op == "=" else None
    if left is None or right is None:
        return None
    if tolerance and abs(left - right) <= Decimal(tolerance):
        return True
    return {"=": left == right, "<=": left <= right,
            ">=": left >= right}[op]


# --- rules that compare records -----------------------------------------------

REFERENCE = {"1", "GLU", "0.1", "男", "true"}


def key_of(v):
    """What a value is known by: numbers by their value."""
    if not isinstance(v, Number):
        return text(v)
    n = Decimal(v.spelling)
    return format(n.normalize() if n else Decimal(0), "f")


def period(record, allowed):
    """(key, from, to): a day begins at its end, and ends at its beginning."""
    key, start, end = (lookup(record, m)[0][1] for m in ("a", "when", "until"))
    if any(missing(v, allowed.get(m, ())) for m, v in
           (("a", key), ("when", start), ("until", end))):
        return None
    start, end = when_of(start), when_of(end)
    if text(key) is None or not start or not end or order(start, end) > 0:
        return None
    return (key_of(key),
            start[1] or datetime.combine(start[0], datetime.max.time()),
            end[1] or datetime.combine(end[0], datetime.min.time()))


class Stream:
    """What the rules that compare records have seen."""

    def __init__(self):
        self.noted, self.broken = {}, {}

    def note(self, rule, key, value=None):
        self.noted.setdefault(rule["id"], {}).setdefault(key, []).append(value)

    def seen(self, rule, key):
        return self.noted.get(rule["id"], {}).get(key, [])

    def breaks(self, rule):
        self.broken[rule["id"]] = self.broken.get(rule["id"], 0) + 1

    def judge(self, rule, v):
        """unique, foreign_key, sequence: one value that is there."""
        key = key_of(v)
        if key is None:
            return None
        if rule["check"] == "foreign_key":
            if key not in REFERENCE:
                self.breaks(rule)
            return key in REFERENCE
        if rule["check"] == "unique":
            ok = not self.seen(rule, key)
            self.note(rule, key)
            return ok
        n = number(v)
        if n is None or n != n.to_integral_value() or abs(n) >= 2**63:
            return None
        self.note(rule, "", n)
        return True

    def judge_overlap(self, rule, record, allowed):
        p = period(record, allowed)
        if p is None:
            return None
        ok = True
        for start, end in self.seen(rule, p[0]):
            if start >= end:
                continue
            ok = ok and not (start < p[1] < end or
                             (p[1] < p[2] and p[1] < end and start < p[2]))
        self.note(rule, p[0], p[1:])
        return ok

    def count(self, rule):
        """How many records break it, whatever their order."""
        n = self.broken.get(rule["id"], 0)
        for values in self.noted.get(rule["id"], {}).values():
            if rule["check"] == "unique":
                n += len(values) - 1
                continue
            values.sort()
            last = None
            for v in values:
                if rule["check"] == "sequence":
                    n += last is not None and v != last + 1
                    last = v
                else:
                    n += last is not None and v[0] < last
                    last = v[1] if last is None else max(last, v[1])
        return n


# --- rules over the stream ----------------------------------------------------

def some_stream_rule(r, i):
    check, arg = r.choice([
        ("row_count", r.choice(["[100,]", "[,50]"])),
        ("rate", r.choice(["[60%,]", "[0.5,0.75]"])),
        ("distinct", r.choice(["[10,]", "(,20)"])),
        ("mean", r.choice(["[0,100]", "(,50)"])),
        ("quantile", r.choice(["50% [0,2]", "0.9 [,99.9]", "5% [0,]"])),
    ])
    return {"id": f"S{i:04}", "kind": r.choice(["", "lab", "patient|lab"]),
            "field": r.choice(["a", "b", "c", "list[].code", "o.p"]),
            "check": check, "arg": arg, "missing": "",
            "cond": some_cond(r) if r.random() < 0.5 else None}


def cut(n):
    """Towards 0, to three significant digits."""
    if n == 0:
        return Decimal(0)
    places = n.adjusted() - 2
    return Decimal(int(n.scaleb(-places))).scaleb(places)


def stream_value(rule, records, allowed):
    """What is measured, or None where nothing can be."""
    rows, holding, values = 0, 0, []
    allow = allowed.get(rule["field"], ())
    for record, kind in records:
        if rule["kind"] and kind not in rule["kind"].split("|"):
            continue
        if rule["cond"] and holds(rule["cond"], record, allowed) is not True:
            continue
        found = [v for _, v in lookup(record, rule["field"])]
        there = [v for v in found if not missing(v, allow)]
        values += there
        if rule["check"] == "row_count" or found:
            rows += 1
            holding += len(there) == len(found)
    numbers = sorted(number(v) for v in values if number(v) is not None)
    arg = rule["arg"]
    if rule["check"] == "row_count":
        return Decimal(rows)
    if rule["check"] == "rate":
        return Decimal(holding * (100 if "%" in arg else 1)) / rows \
            if rows else None
    if rule["check"] == "distinct":
        texts = {text(v) for v in values
                 if number(v) is None and text(v) is not None}
        return Decimal(len(set(numbers)) + len(texts)) \
            if numbers or texts else None
    if not numbers:
        return None
    if rule["check"] == "mean":
        return sum(numbers) / len(numbers)
    share = arg.split()[0]
    share = Decimal(share[:-1]) / 100 if "%" in share else Decimal(share)
    rank = max(1, math.ceil(share * len(numbers)))
    return cut(numbers[rank - 1])


def check_cuts(r, place, lines):
    """Shards of any cut, merged in any order, give the one-shot summary."""
    def summary(part, name, jobs):
        with open(f"{place}/{name}.ndjson", "w") as f:
            f.write("".join(line + "\n" for line in part))
        subprocess.run(
            ["mdx-qc", "--rules-only", "-r", f"{place}/rules.ndjson",
             "--ref-dir", place, "--by", "sex,o.p", "--max-groups",
             str(groups), "--state", f"{place}/state", "--shard", name,
             "-j", str(jobs), "--no-output", "--fail-on", "never",
             "--summary", f"{place}/{name}", f"{place}/{name}.ndjson"],
            check=True, capture_output=True)
        with open(f"{place}/{name}") as f:
            return re.sub(r'"shards":.*', "", f.read(), count=1)

    groups = r.choice([0, 1, 3, 10, 10000])
    whole = summary(lines, "whole", 1)
    n = r.choice([2, 3, 6])
    shards = [[] for _ in range(n)]
    for line in lines:
        r.choice(shards).append(line)
    names = [f"shard{i}" for i in range(n)]
    for name, shard in zip(names, shards):
        summary(shard, name, r.choice([1, 2]))
    r.shuffle(names)
    merged = subprocess.run(
        ["mdx-qc", "merge", "--state", f"{place}/state",
         *[f"{place}/{name}" for name in names]],
        check=True, capture_output=True, text=True).stdout
    merged = re.sub(r'"shards":.*', "", merged, count=1)
    if merged == whole:
        return 0
    for a, b in zip(merged.split("\n"), whole.split("\n")):
        if a != b:
            print(f"{n} shards, {groups} groups:\n  {a[:400]}\n  {b[:400]}")
            break
    return 1


def check_stream(rules, records, allowed, report):
    """How many stand otherwise than they should."""
    wrong = 0
    for rule in rules:
        want, have = stream_value(rule, records, allowed), report[rule["id"]]
        got = have.get("value")
        got = None if got is None else Decimal(got.rstrip("%"))
        status = "na" if want is None else "pass" if inside(
            want, rule["arg"].replace("%", "").split()[-1]) else "fail"
        near = want == got or (want is not None and got is not None and
                               abs(want - got) <= abs(want) / 10**14)
        if not near or status != have["status"]:
            wrong += 1
            print(f"{rule['id']} {rule['field']} {rule['check']} "
                  f"{rule['arg']}: {got} {have['status']}, "
                  f"not {want} {status}")
    return wrong


OPEN = ("unique", "foreign_key", "sequence", "overlap")


def evaluate(rules, record, kind, allowed, stream):
    """[(rule, place)] in the order of the rules."""
    out = []
    for rule in rules:
        if rule["kind"] and kind not in rule["kind"].split("|"):
            continue
        if rule["cond"] and holds(rule["cond"], record, allowed) is not True:
            continue
        if rule["check"] in ("any_of", "one_of", "together", "all_of"):
            there = [not missing(lookup(record, m)[0][1], allowed.get(m, ()))
                     for m in rule["arg"].split(",")]
            ok = {"any_of": any(there), "all_of": all(there),
                  "one_of": sum(there) == 1,
                  "together": len(set(there)) == 1}[rule["check"]]
            if not ok:
                out.append((rule["id"], rule["field"] or None))
            continue
        if rule["check"] == "overlap":
            if stream.judge_overlap(rule, record, allowed) is False:
                out.append((rule["id"], rule["field"]))
            continue
        allow = allowed.get(rule["field"], ())
        for place, v in lookup(record, rule["field"]):
            gone = missing(v, allow)
            if rule["check"] == "required":
                ok = not gone
            elif rule["check"] == "absent":
                ok = gone
            elif rule["check"] == "not_placeholder":
                placeholder = isinstance(v, str) and gone and \
                    v.strip(BLANKS) != ""
                ok = not placeholder
                if gone and not placeholder:
                    ok = rule["missing"] != "fail"
            else:
                ok = None if gone else \
                    stream.judge(rule, v) if rule["check"] in OPEN else \
                    check_value(rule, v, record, allowed)
                if ok is None:
                    ok = rule["missing"] != "fail"
                    if not ok and rule["check"] in OPEN:
                        stream.breaks(rule)
            if not ok:  # an error is no failure
                out.append((rule["id"], place))
    return out


# --- generation -------------------------------------------------------------------

TABLE = {"G": ["1", "男"], "GLU": ["0.1"], "1": ["2024-01-01", "x"],
         "123": ["true"], "男": ["GLU"]}
LIMITS = [  # of each item, rows that exclude one another
    [("mmol/L", "", "", "", "0", "5.6"), ("mg/dL", "", "", "", "0", "100")],
    [("", "男", "18", "", "1", ""), ("", "女", "18", "", "", "1"),
     ("", "", "", "18", "0.1", "99.99")],
    [("", "F", "", "", "0", "1"), ("g/L", "1", "0", "14", "1", "2"),
     ("g/L", "M", "14", "60.5", "0", "2")],
    [("", "", "", "", "0.1", "5.6")]]
FIELDS = ["a", "b", "c", "d", "when", "until", "list[].code", "o.p", "list"]
KINDS = ["", "lab", "patient"]


def some_value(r):
    return r.choice([
        lambda: Number(r.choice(["0", "1", "1.0", "0.10", "-3", "99.99",
                                 "1e2", "9007199254740993", "5.600"])),
        lambda: r.choice(["1", "0.1", "5.60", "GLU", "K", " GLU ", "12345",
                          "男", "女", ">5.0", "5 mmol", "x" * 9, "-", "未知",
                          "", "  ", "N/A", "无", "9007199254740992"]),
        lambda: r.choice([None, True, False]),
        lambda: r.choice(["2024-01-01", "2024-01-01 10:00", "2023-02-29",
                          "2023-12-31T23:59:59", "2024-01-02"]),
        lambda: [], lambda: {"p": Number("1")},
    ])()


def some_record(r):
    out = {}
    for name in ["a", "b", "c", "d", "when", "until"]:
        if r.random() < 0.75:
            out[name] = some_value(r)
    for name, values in (("unit", ["mmol/L", " g/L", "", "mg/dL", None]),
                         ("a_unit", ["mmol/L", "g/L", Number("1")]),
                         ("sex", ["男", "2", "F", "未知", "9", Number("1")]),
                         ("age", [Number("18"), "13.99", Number("60.5"),
                                  "-", "6岁", Number("0")])):
        if r.random() < 0.6:
            out[name] = r.choice(values)
    if r.random() < 0.5:
        out["list"] = [{"code": some_value(r)} if r.random() < 0.8 else {}
                       for _ in range(r.randrange(4))]
    if r.random() < 0.4:
        out["o"] = {"p": some_value(r)}
    return out


def some_cond(r, depth=0):
    if depth < 3 and r.random() < 0.45:
        op = r.choice(["and", "and", "or", "not"])
        first = some_cond(r, depth + 1)
        return (op, first) if op == "not" else \
            (op, first, some_cond(r, depth + 1))
    field = r.choice(["a", "b", "c", "d", "list[].code", "o.p"])
    op = r.choice(["=", "!=", "in", "within", "<", ">=", "prefix", "exists",
                   "missing"])
    words = ["1", "0.1", "GLU", "K", "男", "99.99", "true"]
    if op in ("=", "!="):
        return op, field, [r.choice(words)]
    if op == "in":
        return op, field, r.sample(words, 3)
    if op == "within":
        return op, field, r.choice(["[0,14)", "(0,]", "[,5.6]"])
    if op == "prefix":
        return op, field, r.choice(["G", "1", "男"])
    if op in ("<", ">="):
        return op, field, r.choice(["0", "5.6", "100"])
    return op, field


def some_rule(r, i):
    check, arg = r.choice([
        ("required", ""), ("absent", ""), ("not_placeholder", ""),
        ("type", r.choice(["number", "integer", "string", "boolean", "array",
                           "object", "date", "datetime"])),
        ("length", r.choice(["[1,3]", "[0,5)", "(4,]"])),
        ("digits", r.choice(["1", "5"])),
        ("regex", r.choice(["^G", "[0-9]$", "L", "^.{3}$"])),
        ("enum", r.choice(["男|女", "1|2|未知", "GLU|K|-"])),
        ("range", r.choice(["[0,5.6]", "(0,100)", "[,0.1]", "[1,]"])),
        ("precision", r.choice(["0", "1", "2"])),
        ("date", "[2023-06-01,2024-01-01]"),
        ("compare", None), ("any_of", "a,b"), ("one_of", "a,c,d"),
        ("together", "when,until"), ("all_of", "a,b,when"),
        ("count", r.choice(["[1,2]", "[0,0]"])),
        ("unique", ""), ("foreign_key", "ref.id"), ("sequence", ""),
        ("overlap", "when,until by a"),
        ("map", "@map.csv o.p"), ("reference", "@limits.csv"),
    ])
    rule = {"id": f"R{i:04}", "kind": r.choice(["", "", "lab", "patient|lab"]),
            "field": r.choice(FIELDS), "check": check, "arg": arg,
            "missing": r.choice(["skip", "skip", "fail"]),
            "cond": some_cond(r) if r.random() < 0.6 else None}
    if check == "compare":
        op = r.choice(["=", ">=", "<="])
        names = r.choice([["b"], ["until"], ["a", "b"], ["b", "c", "d"]])
        tolerance = r.choice(["", "", "0.01"]) if len(names) > 1 else ""
        rule["parsed"] = op, names, tolerance
        rule["arg"] = f"{op} " + (names[0] if len(names) == 1 else
                                  f"sum({', '.join(names)})") + \
            (f" ~ {tolerance}" if tolerance else "")
    if check in OPEN:
        rule["field"] = r.choice(["a", "b", "c", "d", "o.p"])
    if check == "overlap":
        rule["missing"] = "skip"
    if check in ("any_of", "one_of", "together", "all_of"):
        rule["field"] = r.choice(["", "a"])
    if check == "map":
        rule["table"] = TABLE
    if check == "reference":
        rule["field"] = r.choice(["a", "b", "c"])
    return rule


def expand(rules):
    """A rule with a table of limits stands for one rule an item."""
    names = ["unit", "sex", "age_low", "age_high", "low", "high"]
    for rule in rules:
        if rule["check"] != "reference":
            yield rule
            continue
        for item, rows in zip(["GLU", "K", "1", "男"], LIMITS):
            cond = ("=", "b", [item])
            yield dict(rule, id=f"{rule['id']}/{item}",
                       limits=[dict(zip(names, row)) for row in rows],
                       cond=("and", cond, rule["cond"])
                       if rule["cond"] else cond)


def write_tables(place):
    with open(f"{place}/map.csv", "w") as f:
        f.write("key,value\n")
        f.writelines(f"{k},{v}\n" for k, vs in TABLE.items() for v in vs)
    with open(f"{place}/limits.csv", "w") as f:
        f.write("b,unit,sex,age_low,age_high,low,high\n")
        f.writelines(",".join((item,) + row) + "\n"
                     for item, rows in zip(["GLU", "K", "1", "男"], LIMITS)
                     for row in rows)


def dump(v):
    if isinstance(v, Number):
        return v.spelling
    if isinstance(v, dict):
        return "{" + ",".join(f"{json.dumps(k, ensure_ascii=False)}:{dump(x)}"
                              for k, x in v.items()) + "}"
    if isinstance(v, list):
        return "[" + ",".join(map(dump, v)) + "]"
    return json.dumps(v, ensure_ascii=False)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int)
    options.add_argument("--rules", type=int, default=300)
    options.add_argument("--records", type=int, default=1000)
    o = options.parse_args()
    seed = o.seed if o.seed is not None else random.randrange(10**9)
    print(f"seed {seed}")
    r = random.Random(seed)
    rules = [some_rule(r, i) for i in range(o.rules)]
    records = [(some_record(r), r.choice(KINDS)) for _ in range(o.records)]
    stream_rules = [some_stream_rule(r, i) for i in range(o.rules // 5)]
    # The field's own value set may allow a placeholder.
    allowed = {}
    for rule in rules:
        if rule["check"] == "enum":
            allowed.setdefault(rule["field"], set()).update(
                set(rule["arg"].split("|")) & PLACEHOLDERS)
    with tempfile.TemporaryDirectory() as place:
        write_tables(place)
        with open(f"{place}/rules.ndjson", "w") as f:
            for rule in rules + stream_rules:
                row = {k: rule[k] for k in ("id", "kind", "field", "check",
                                            "arg", "missing")}
                row["message"] = "x"
                if rule["cond"]:
                    row["when"] = spell(rule["cond"])
                f.write(json.dumps(row, ensure_ascii=False) + "\n")
        rules = list(expand(rules))
        lines = []
        for record, kind in records:
            line = dump(record)[:-1]
            if kind:
                line += ("," if record else "") + \
                    f'"_mdx":{{"kind":"{kind}"}}'
            lines.append(line + "}")
        with open(f"{place}/ref.csv", "w") as f:
            f.write("\n".join(["id", *REFERENCE]) + "\n")
        done = subprocess.run(
            ["mdx-qc", "--rules-only", "-r", f"{place}/rules.ndjson",
             "--ref-dir", place, "--memory", r.choice(["1M", "1G"]),
             "--summary", f"{place}/summary", "--fail-on", "never"], input="\n".join(lines) + "\n",
            capture_output=True, text=True, check=False)
        if done.returncode == 0:
            with open(f"{place}/summary") as f:
                counted = {line["rule"]: line["fail"] for line in
                           map(json.loads, f) if line["t"] == "rule"}
            cuts = check_cuts(r, place, lines)
            report = subprocess.run(
                ["mdx-qc", "report", "--json", "-", "--fail-on", "never",
                 f"{place}/summary"], capture_output=True, text=True,
                check=True)
            report = {x["rule"]: x for x in json.loads(report.stdout)["list"]}
    if done.returncode != 0:
        sys.exit(f"mdx-qc ends with {done.returncode}: {done.stderr}")
    got = done.stdout.splitlines()
    wrong = 0
    stream = Stream()
    for (record, kind), line, out in zip(records, lines, got):
        want = evaluate(rules, record, kind, allowed, stream)
        have = [(q["rule"], q.get("field")) for q in
                json.loads(out).get("_mdx", {}).get("qc", [])]
        if want != have:
            wrong += 1
            if wrong <= 3:
                print(f"{line}\n  only expected: "
                      f"{[x for x in want if x not in have]}\n"
                      f"  only found:    "
                      f"{[x for x in have if x not in want]}")
                for x in (set(want) ^ set(have)):
                    rule = next(q for q in rules if q["id"] == x[0])
                    print("   ", x[0], rule["field"], rule["check"],
                          rule["arg"], rule["missing"],
                          spell(rule["cond"]) if rule["cond"] else "")
    for rule in rules:
        if rule["check"] in OPEN and \
                stream.count(rule) != counted[rule["id"]]:
            wrong += 1
            print(f"{rule['id']} {rule['field']} {rule['check']}: "
                  f"{counted[rule['id']]} counted, not {stream.count(rule)}")
    wrong += cuts
    wrong += check_stream(stream_rules, records, allowed, report)
    if len(got) != len(records):
        sys.exit(f"{len(records)} records in, {len(got)} out")
    print(f"{len(records)} records x {len(rules)} rules: {wrong} differ")
    sys.exit(wrong > 0)


main()
