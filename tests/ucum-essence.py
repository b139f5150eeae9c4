#!/usr/bin/python3
"""The verb `unit` against the published table of UCUM.

    ucum-essence.py ESSENCE.xml COMMON.xlsx

An evaluator of its own, over the published definitions and in exact fractions,
says what each code is in base units.  Every atom, every prefix before a metric
atom and every code of the table of common units must validate, bear its
published name, convert to base units with the same fifteen digits, and back.
"""
import decimal
import json
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as tree
from fractions import Fraction

NS = {"u": "http://unitsofmeasure.org/ucum-essence"}
BASE = {"L": "m", "T": "s", "M": "g", "A": "rad", "K": "K", "Q": "C",
        "F": "cd", "N": "mol"}
# Codes of UCUM that units.csv takes, saying so, for what laboratories mean.
MEANT = {"ML", "MG"}
# f^-1: from a value to the measure in the unit that the function is of.
CURVES = {
    "Cel": lambda v: v + Fraction("273.15"),
    "degF": lambda v: v + Fraction("459.67"),
    "degRe": lambda v: v + Fraction("218.52"),
    "ln": math.exp, "lg": lambda v: 10 ** v, "lgTimes2": lambda v: 10 ** (v / 2),
    "ld": lambda v: 2 ** v, "pH": lambda v: 10 ** -v,
    "hpX": lambda v: 10 ** -v, "hpC": lambda v: 100 ** -v,
    "hpM": lambda v: 1000 ** -v, "hpQ": lambda v: 50000 ** -v,
    "100tan": lambda v: math.atan(v / 100),
    "tanTimes100": lambda v: math.atan(v / 100), "sqrt": lambda v: v * v}


class Essence:
    def __init__(self, path):
        root = tree.parse(path).getroot()
        self.prefixes = {p.get("Code"): Fraction(p.find("u:value", NS).get("value"))
                         for p in root.findall("u:prefix", NS)}
        self.base = [u.get("Code") for u in root.findall("u:base-unit", NS)] + ["mol"]
        self.units = {u.get("Code"): u for u in
                      root.findall("u:base-unit", NS) + root.findall("u:unit", NS)}
        self.known = {}

    def is_metric(self, code):
        u = self.units[code]
        return u.tag.endswith("base-unit") or u.get("isMetric") == "yes"

    def function(self, code):
        return self.units[code].find("u:value/u:function", NS)

    def atom(self, code):
        """(factor, {base: power}) or None for what stands for itself."""
        if code not in self.known:
            u = self.units[code]
            if code in self.base:
                self.known[code] = Fraction(1), {code: 1}
            elif u.get("isArbitrary") == "yes" and code != "[IU]":
                self.known[code] = Fraction(1), {code: 1}
            elif self.function(code) is not None:
                self.known[code] = None
            else:
                v = u.find("u:value", NS)
                factor, dims = self.term(v.get("Unit"))
                self.known[code] = factor * Fraction(v.get("value")), dims
        return self.known[code]

    def symbol(self, text):
        if text in self.units:
            return self.atom(text)
        for p, factor in self.prefixes.items():
            rest = text[len(p):]
            if text.startswith(p) and rest in self.units and self.is_metric(rest):
                of, dims = self.atom(rest)
                return of * factor, dims
        raise ValueError(text)

    def term(self, text):
        tokens = re.findall(r"10[*^](?:[+-]?\d+)?|(?:[^\s\d./(){}\[\]+-]|\[[^\]]*\])+"
                            r"(?:[+-]?\d+)?|\d+|[./()]|\{[^}]*\}", text)
        value = self.product(tokens)
        if tokens:
            raise ValueError(text)
        return value

    def is_term(self, text):
        try:
            return self.term(text) is not None
        except (ValueError, TypeError):
            return False

    def product(self, tokens):
        factor, dims = Fraction(1), {}
        sign = 1
        if tokens and tokens[0] == "/":
            tokens.pop(0)
            sign = -1
        while True:
            f, d = self.component(tokens)
            factor = factor * f if sign > 0 else factor / f
            for k, n in d.items():
                dims[k] = dims.get(k, 0) + sign * n
            if not tokens or tokens[0] not in "./":
                return factor, {k: n for k, n in dims.items() if n}
            sign = 1 if tokens.pop(0) == "." else -1

    def component(self, tokens):
        t = tokens.pop(0)
        if t == "(":
            value = self.product(tokens)
            tokens.pop(0)
        elif t.startswith("{"):
            return Fraction(1), {}
        elif t.isdigit():
            value = Fraction(t), {}
        else:
            m = re.fullmatch(r"(10[*^]|.*?[^\d+-]|.*\])([+-]?\d+)?", t)
            power = int(m.group(2) or 1)
            f, d = self.symbol(m.group(1))
            value = f ** power, {k: n * power for k, n in d.items()}
        if tokens and tokens[0].startswith("{"):
            tokens.pop(0)
        return value


def digits(x):
    """Fifteen significant digits, half to even, as the tool prints them."""
    with decimal.localcontext() as c:
        c.prec = 15
        c.rounding = decimal.ROUND_HALF_EVEN
        return decimal.Decimal(x.numerator) / decimal.Decimal(x.denominator)


def ask(records):
    out = subprocess.run(["mdx-normalize", "unit"], check=True, text=True,
                         input="".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records),
                         capture_output=True).stdout
    return [json.loads(line, parse_float=decimal.Decimal, parse_int=decimal.Decimal)
            for line in out.splitlines()]


def base_code(dimension):
    """The dimension as a unit of base units: L-3.M is m-3.g."""
    if dimension == "1":
        return "1"
    return ".".join(BASE[p[0]] + p[1:] for p in dimension.split("."))


class Report:
    def __init__(self):
        self.faults = 0

    def fault(self, code, what):
        self.faults += 1
        if self.faults <= 20:
            print(f"{code}: {what}")


def check_names(e, report):
    codes, meant = list(e.units), []
    for code, a in zip(codes, ask([{"unit": c} for c in codes])):
        name = e.units[code].find("u:name", NS).text.replace("\u00a0", " ")
        if not a["valid"]:
            report.fault(code, "not valid")
        elif a["ucum"] != code:
            meant.append(f"{code} as {a['ucum']}")
        elif a["display"].lower() != f"({name})".lower():
            report.fault(code, f"called {a['display']}, not ({name})")
    print(f"{len(codes)} atoms validate and bear their names; in other words:", *meant)


def check_values(e, codes, report, what):
    """To base units and back; a code is a key of e.term or a special atom."""
    described = ask([{"unit": c} for c in codes])
    there = ask([{"unit": c, "value": "2.5", "to": base_code(a.get("dimension", "1")) +
                  kinds(e, c)} for c, a in zip(codes, described)])
    back = ask([{"unit": a["to"], "value": str(a.get("result", "")), "to": a["unit"]}
                for a in there])
    for code, a, b in zip(codes, there, back):
        if not a["valid"] or "result" not in a:
            report.fault(code, a.get("error", "no result"))
            continue
        if code in e.units and e.function(code) is not None:
            f = e.function(code)
            factor, _ = e.term(f.get("Unit"))
            v = CURVES[f.get("name")](Fraction("2.5") if "el" in f.get("name") or
                                      "deg" in f.get("name") else 2.5)
            if f.get("Unit") == "deg":
                factor = Fraction(1)    # the tangent is of the angle
            want = v * factor * Fraction(f.get("value"))
            near = abs(float(a["result"]) / float(want) - 1) < 1e-13
        else:
            factor, dims = e.term(code)
            near = a["result"] == digits(factor * Fraction("2.5"))
            if base_of(dims) != base_of(e.term(a["to"])[1]):
                report.fault(code, f"dimension {a['dimension']}")
        if not near:
            report.fault(code, f"2.5 are {a['result']}")
        elif abs(float(b.get("result", 0)) - 2.5) > 1e-12:
            report.fault(code, f"back to {b.get('result')}")
    print(f"{len(codes)} {what} convert to base units and back")


def base_of(dims):
    return sorted(dims.items())


def kinds(e, code):
    """Arbitrary units of a code, which only they themselves can express."""
    if code in e.units and e.function(code) is not None:
        return ""
    return "".join(f".{k}{n if n != 1 else ''}" for k, n in sorted(e.term(code)[1].items())
                   if k not in BASE.values())


def common(path):
    import openpyxl
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(i for i, r in enumerate(rows) if r[1] == "UCUM_CODE")
    return [str(r[1]).strip() for r in rows[head + 1:] if r[1]]


def main():
    e, report = Essence(sys.argv[1]), Report()
    check_names(e, report)
    check_values(e, list(e.units), report, "atoms")
    special = [c for c in e.units if e.function(c) is not None]
    check_values(e, [p + c for c in e.units if e.is_metric(c) and c not in special
                     for p in e.prefixes if p + c not in MEANT],
                 report, "atoms with a prefix")
    table = [c for c in common(sys.argv[2]) if c[1:] not in special and c not in special]
    wrong = [c for c in table if not e.is_term(c)]
    check_values(e, [c for c in table if c not in wrong], report,
                 "codes of the table of common units")
    taken = [a["unit"] for a in ask([{"unit": c} for c in wrong]) if a["valid"]]
    print("no units of UCUM though that table has them:", *wrong, "taken for valid:", *taken)
    print("faults:", report.faults)
    return report.faults > 0


if __name__ == "__main__":
    sys.exit(main())
