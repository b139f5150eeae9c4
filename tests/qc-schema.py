#!/usr/bin/env python3
"""mdx-qc --schema against two peers, ajv and @hyperjump/json-schema.

    tests/qc-schema.py --peers FOLDER [--seed N] [--schemas N] [--values N]

Random schemas of draft 2020-12 and random values.  The verdict is held against
hyperjump's: ajv has faults where unevaluated keywords stand (beside contains
it takes all elements for evaluated), and refuses a $dynamicRef that names its
resource.  How often it is alone is counted.  Where all agree and the schema has
no references mdx-qc must name the same keywords as ajv.  And where import schema
leaves nothing out, its rows fail the records that the schema fails.  Patterns
are held against RegExp.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

NAMES = ["a", "b", "c", "x1", "中"]
TEXTS = ["", "a", "ab", "abc", "中文", "😀", "x1", "12", "A\n", "é", "2024-02-30"]
NUMBERS = [0, 1, 2, 3, 5, -1, 1.5, 2.0, 10, 100, -0.5, 9007199254740991]
PATTERNS = ["^a", "b$", "^[a-c]*$", "^.$", "^\\d+$", "^\\w*$", "\\s", "^\\p{L}+$", "(a|1)(b|2)?", "^[^\\x00-\\x7f]+$", "^.{2,3}$",
            "\\bab\\b", "^(?!a)", "[\\u4e00-\\u9fff]", "^$"]
TYPES = ["null", "boolean", "number", "integer", "string", "array", "object"]


class Maker:
    def __init__(self, rng):
        self.rng = rng

    def value(self, depth=3):
        r = self.rng
        kind = r.randrange(9 if depth > 0 else 6)
        if kind < 2:
            return r.choice(NUMBERS)
        if kind < 4:
            return r.choice(TEXTS)
        if kind == 4:
            return r.choice([True, False])
        if kind == 5:
            return None
        if kind == 6:
            return [self.value(depth - 1) for _ in range(r.randrange(5))]
        return {n: self.value(depth - 1) for n in r.sample(NAMES, r.randrange(len(NAMES) + 1))}

    def count(self):
        return self.rng.choice([0, 1, 1, 2, 2, 3, 2.0])

    def names(self):
        return self.rng.sample(NAMES, self.rng.randrange(1, 3))

    def schema(self, depth, at, ref):
        """at: whether the schema stands at the value of the one above; ref: of definitions that may be referred to there."""
        r = self.rng
        roll = r.randrange(12)
        if roll == 0:
            return True
        if roll == 1 and depth < 3:
            return False
        s = {}
        for _ in range(r.choice([1, 1, 2, 2, 3, 4])):
            self.add(s, depth, ref)
        if depth > 1 and r.randrange(5) == 0:
            s[r.choice(["unevaluatedProperties", "unevaluatedItems"])] = (
                False if r.randrange(3) else self.schema(depth - 1, False, self.all))
        return s

    def inside(self, depth):
        return self.schema(depth - 1, False, self.all)

    def same(self, depth, ref):
        return self.schema(depth - 1, True, ref)

    def add(self, s, depth, ref):
        r = self.rng
        plain = ["type", "types", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
                 "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties",
                 "required", "dependentRequired", "annotation"]
        deep = ["allOf", "anyOf", "oneOf", "not", "if", "properties", "properties", "patternProperties", "additionalProperties",
                "propertyNames", "prefixItems", "items", "items", "contains", "dependentSchemas", "$ref", "$ref", "$dynamicRef", "if"]
        k = r.choice(plain + deep * 2 if depth > 0 else plain)
        if k == "type":
            s["type"] = r.choice(TYPES)
        elif k == "types":
            s["type"] = r.sample(TYPES, r.randrange(1, 5))
        elif k == "enum":
            s["enum"] = [self.value(2) for _ in range(r.randrange(1, 6))]
        elif k == "const":
            s["const"] = self.value(2)
        elif k == "multipleOf":
            s["multipleOf"] = r.choice([1, 2, 0.5, 3])
        elif k in ("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"):
            s[k] = r.choice(NUMBERS)
        elif k in ("maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"):
            s[k] = self.count()
        elif k == "pattern":
            s["pattern"] = r.choice(PATTERNS)
        elif k == "uniqueItems":
            s["uniqueItems"] = r.randrange(4) > 0
        elif k == "required":
            s["required"] = self.names()
        elif k == "dependentRequired":
            s["dependentRequired"] = {n: self.names() for n in self.names()}
        elif k == "annotation":
            s[r.choice(["title", "description", "$comment"])] = "x"
        elif k in ("allOf", "anyOf", "oneOf"):
            s[k] = [self.same(depth, ref) for _ in range(r.randrange(1, 4))]
        elif k == "not":
            s["not"] = self.same(depth, ref)
        elif k == "if":
            s["if"] = self.same(depth, ref)
            if r.randrange(4):
                s["then"] = self.same(depth, ref)
            if r.randrange(4):
                s["else"] = self.same(depth, ref)
        elif k == "properties":
            s["properties"] = {n: self.inside(depth) for n in self.names()}
        elif k == "patternProperties":
            s["patternProperties"] = {p: self.inside(depth) for p in r.sample(PATTERNS, r.randrange(1, 3))}
        elif k in ("additionalProperties", "propertyNames", "items"):
            s[k] = self.inside(depth)
        elif k == "prefixItems":
            s[k] = [self.inside(depth) for _ in range(r.randrange(1, 4))]
        elif k == "contains":
            s["contains"] = self.inside(depth)
            if r.randrange(2):
                s["minContains"] = self.count()
            if r.randrange(2):
                s["maxContains"] = self.count()
        elif k == "dependentSchemas":
            s[k] = {n: self.same(depth, ref) for n in self.names()}
        elif k == "$ref" and ref:
            s["$ref"] = r.choice(ref)
        elif k == "$dynamicRef" and self.dynamic and ref is self.all:
            s["$dynamicRef"] = r.choice(self.dynamic)

    def document(self):
        """Definitions refer in place to later ones alone, elsewhere to any: no schema comes back to itself at one value."""
        r = self.rng
        count = r.randrange(4)
        ids = ["https://e.org/d%d" % i if r.randrange(3) == 0 else None for i in range(count)]
        anchors = ["n%d" % i if r.randrange(3) == 0 else None for i in range(count)]
        refs = []
        for i in range(count):
            refs.append(ids[i] or ("https://e.org/root#" + (anchors[i] or "/$defs/d%d" % i)))
        self.all = refs + ["https://e.org/root"]
        bases = [i for i in ids if i] + ["https://e.org/root"]
        self.dynamic = [b + "#t" for b in bases if r.randrange(2)]
        s = self.schema(3, True, refs)
        s = s if isinstance(s, dict) else {"allOf": [s]}
        defs = {}
        for i in range(count):
            d = self.schema(2, True, refs[i + 1:])
            d = d if isinstance(d, dict) else {"allOf": [d]}
            if ids[i]:
                d["$id"] = ids[i]
                if ids[i] + "#t" in self.dynamic:
                    d["$dynamicAnchor"] = "t"
            elif anchors[i]:
                d["$anchor"] = anchors[i]
            defs["d%d" % i] = d
        s["$id"] = "https://e.org/root"
        if s["$id"] + "#t" in self.dynamic:
            s["$dynamicAnchor"] = "t"
        if defs:
            s["$defs"] = defs
        return s


def ask_peers(folder, cases):
    p = subprocess.run(["node", os.path.join(os.path.dirname(os.path.abspath(__file__)), "qc-schema.mjs"), folder],
                       input="".join(json.dumps(c) + "\n" for c in cases), text=True, capture_output=True, check=True)
    return [json.loads(line) for line in p.stdout.split("\n") if line]


def ask_ours(schema, values, work):
    """The keywords that fail for each value, and how many could not be judged."""
    path = os.path.join(work, "s.json")
    with open(path, "w") as f:
        json.dump(schema, f)
    lines = "".join(json.dumps({"v": v}) + "\n" for v in values)
    p = subprocess.run(["mdx-qc", "--rules-only", "--schema", path, "--schema-at", "v", "--fail-on", "never", "--summary",
                        os.path.join(work, "sum"), "-j", "1"], input=lines, text=True, capture_output=True)
    if p.returncode == 2 and "no rule at all" in p.stderr:
        return [[] for _ in values], 0
    if p.returncode != 0:
        raise ValueError(p.stderr)
    out = [json.loads(line) for line in p.stdout.split("\n") if line]
    with open(os.path.join(work, "sum")) as f:
        errors = sum(json.loads(line).get("error", 0) for line in f)
    return [[q["rule"][len("schema:"):] for q in r.get("_mdx", {}).get("qc", [])] for r in out], errors


def as_ajv(pointers):
    """minContains and maxContains are contains to ajv."""
    found = set()
    for p in pointers:
        head, _, last = p.rpartition("/")
        found.add(head + "/contains" if last in ("minContains", "maxContains") else p)
    return sorted(found)


def can_compare(text):
    """Whether the place of an error of ajv tells what it is about."""
    return all('"%s"' % k not in text for k in ("$ref", "$dynamicRef", "unevaluatedItems", "unevaluatedProperties"))


class Importable:
    """Schemas of what rules can say, and records of values that rules and schemas take alike: no null, no blank text, no
    placeholder, no text that is a number."""
    TEXTS = ["a", "ab", "abc", "中文", "男", "女", "x1", "A00", "b c"]

    def __init__(self, rng):
        self.rng = rng

    def value(self, depth=2):
        r = self.rng
        kind = r.randrange(7 if depth > 0 else 5)
        if kind < 2:
            return r.choice(self.TEXTS)
        if kind < 4:
            return r.choice([0, 1, 2, 2.5, 50, -1, 130])
        if kind == 4:
            return r.choice([True, False])
        if kind == 5:
            return [self.value(depth - 1) for _ in range(r.randrange(4))]
        return self.record(depth - 1)

    def record(self, depth=2):
        r = self.rng
        return {n: self.value(depth) for n in r.sample(["a", "b", "c", "d", "中"], r.randrange(6))}

    def text(self):
        r = self.rng
        return r.choice([{"enum": r.sample(self.TEXTS, 3)}, {"const": r.choice(self.TEXTS)},
                         {"type": "string", "minLength": r.randrange(3), "maxLength": r.randrange(2, 4)},
                         {"type": "string", "pattern": r.choice(["^a", "b$", "^\\w+$", "^[a-c]*$"])}, {"type": "string"}])

    def number(self):
        r = self.rng
        s = {"type": r.choice(["integer", "number"])}
        if r.randrange(2):
            s[r.choice(["minimum", "exclusiveMinimum"])] = r.choice([0, 1, 2])
        if r.randrange(2):
            s[r.choice(["maximum", "exclusiveMaximum"])] = r.choice([2, 50, 2.5])
        return s

    def member(self, depth):
        r = self.rng
        kind = r.randrange(7 if depth > 0 else 4)
        if kind < 2:
            return self.text()
        if kind == 2:
            return self.number()
        if kind == 3:
            return r.choice([True, {}, False, {"type": "boolean"}])
        if kind == 4:
            return self.objects(depth - 1)
        return {"type": "array", "items": self.member(depth - 1), "minItems": r.randrange(2), "maxItems": r.randrange(1, 4)}

    def objects(self, depth):
        r = self.rng
        names = ["a", "b", "c", "d", "中"]
        s = {"type": "object", "properties": {n: self.member(depth) for n in r.sample(names, 3)}}
        if r.randrange(2):
            s["required"] = r.sample(names, 2)
        return s

    def document(self):
        r = self.rng
        s = self.objects(2)
        if r.randrange(3) == 0:
            s["dependentRequired"] = {"a": ["b"]}
        if r.randrange(3) == 0:
            s["anyOf"] = [{"required": ["a"]}, {"required": ["c"]}]
        if r.randrange(3) == 0:
            s["if"] = {"properties": {"b": {"enum": ["男", "x1"]}}, "required": ["b"]}
            s["then"] = self.objects(1)
        return s


def check_import(rng, t, work):
    """Where every keyword became a row, rows and schema fail the same records."""
    m = Importable(rng)
    schema, records = m.document(), [m.record() for _ in range(60)]
    path, rows = os.path.join(work, "s.json"), os.path.join(work, "rows.ndjson")
    with open(path, "w") as f:
        json.dump(schema, f)
    made = subprocess.run(["mdx-qc", "import", "schema", path, "-o", rows], text=True, capture_output=True)
    if made.returncode != 0 or os.path.getsize(rows) == 0:
        return
    said = []
    for how in (["--schema", path], ["-r", rows]):
        p = subprocess.run(["mdx-qc", "--rules-only", *how, "--fail-on", "never", "-j", "1"],
                           input="".join(json.dumps(r) + "\n" for r in records), text=True, capture_output=True)
        said.append(["_mdx" in json.loads(line) for line in p.stdout.split("\n") if line])
    t.imported += 1
    for r, a, b in zip(records, *said):
        if a != b:
            t.fault("schema %s, rows %s" % (a, b), {"schema": schema}, r)
    if len(said[0]) != len(said[1]) or len(said[0]) != len(records):
        t.fault("%d and %d records" % (len(said[0]), len(said[1])), {"schema": schema})


def random_pattern(r, depth=3):
    """Mostly well formed; now and then with a sign that does not belong there."""
    atoms = ["a", "b", "c", ".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "[ab]", "[^a]", "[a-c]", "[\\d-]", "[\\w中]", "[^\\s\\d]",
             "[\\W_]", "[]", "[^]", "\\b", "\\B", "^", "$", "中", "\\u4e2d", "\\u{1F600}", "\\x61", "\\t", "\\.", "\\/", "[\\b]", "\\p{L}",
             "\\P{Lu}", "[\\p{Script=Han}a]", "[[]", "[a\\]b]", "\\cJ", "\\0", "[.$^*]", " ", "#"]
    out = []
    for _ in range(r.randrange(1, 5)):
        roll = r.randrange(20)
        if roll < 12 or depth == 0:
            part = r.choice(atoms)
        elif roll < 18:
            part = r.choice(["(", "(?:", "(?=", "(?!", "(?<n%d>" % r.randrange(10 ** 6), "(?<=", "(?<!"]) + random_pattern(
                r, depth - 1) + ")"
        else:
            part = r.choice(["{", "}", "]", "*", "\\q", "\\1", "(?i)", "[z-a]", "\\u", "(", ")", "{2}"])
        if r.randrange(4) == 0:
            part += r.choice(["*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "+?", "??", "{1,2}?", "++"])
        out.append(part)
        if r.randrange(8) == 0:
            out.append("|")
    return "".join(out)


def check_patterns(rng, t, peers, count, work):
    """Patterns of ECMA-262 against the RegExp of node."""
    signs = list("abcAB01_-. \t\n\r中文😀é ") + ["\u2028", "\u00a0", "\u0085", "\ufeff"]
    cases = [{"pattern": random_pattern(rng), "texts": ["".join(rng.choice(signs) for _ in range(rng.randrange(6)))
                                                       for _ in range(60)]} for _ in range(count)]
    for case, theirs in zip(cases, ask_peers(peers, cases)):
        case["schema"] = {"pattern": case["pattern"]}
        try:
            ours, errors = ask_ours(case["schema"], case["texts"], work)
        except ValueError as why:
            t.patterns_refused += not isinstance(theirs["found"], str)
            if not isinstance(theirs["found"], str) and "back references" not in str(why) and "lookbehind" not in str(why):
                t.fault("refused: %s" % why, case)
            continue
        if isinstance(theirs["found"], str):
            t.fault("RegExp refuses: %s" % theirs["found"], case)
            continue
        t.patterns += 1
        for text, mine, found in zip(case["texts"], ours, theirs["found"]):
            if (not mine) != found and not errors:
                t.fault("RegExp %s" % found, case, text)


class Account:
    def __init__(self):
        self.patterns = self.patterns_refused = 0
        self.schemas = self.pairs = self.failing = self.refused = self.alone = self.unread = self.imported = self.keywords = self.wrong = 0

    def fault(self, what, case, v=None):
        self.wrong += 1
        print("%s: %s %s" % (what, json.dumps(v, ensure_ascii=False), json.dumps(case["schema"], ensure_ascii=False)))

    def add(self, case, peers, work):
        self.schemas += 1
        try:
            ours, errors = ask_ours(case["schema"], case["values"], work)
        except ValueError as why:
            self.refused += 1
            self.fault("refused: %s" % why, case)
            return
        if errors:
            self.fault("%d errors" % errors, case)
        if isinstance(peers["hyperjump"], str):
            self.fault("hyperjump refuses: %s" % peers["hyperjump"], case)
            return
        text = json.dumps(case["schema"])
        self.unread += isinstance(peers["ajv"], str)
        for i, v in enumerate(case["values"]):
            valid = peers["hyperjump"][i]
            self.pairs += 1
            self.failing += not valid
            if (not ours[i]) != valid:
                self.fault("hyperjump %s, mdx-qc %s" % (valid, ours[i]), case, v)
            if isinstance(peers["ajv"], str):
                continue
            if peers["ajv"][i] != valid:
                self.alone += 1
            elif can_compare(text):
                self.keywords += 1
                if as_ajv(ours[i]) != peers["keywords"][i]:
                    self.fault("ajv %s, mdx-qc %s" % (peers["keywords"][i], as_ajv(ours[i])), case, v)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--schemas", type=int, default=300)
    a.add_argument("--values", type=int, default=40)
    a.add_argument("--peers", required=True, help="folder with node_modules")
    o = a.parse_args()
    rng = random.Random(o.seed)
    cases = []
    for _ in range(o.schemas):
        m = Maker(rng)
        cases.append({"schema": m.document(), "values": [m.value() for _ in range(o.values)]})
    t = Account()
    with tempfile.TemporaryDirectory() as work:
        for case, peers in zip(cases, ask_peers(o.peers, cases)):
            t.add(case, peers, work)
        for _ in range(o.schemas // 2):
            check_import(rng, t, work)
        check_patterns(rng, t, o.peers, o.schemas, work)
    print("%d schemas, %d pairs, %d of them fail, %d held against ajv by keyword, %d where ajv is alone, %d refused by ajv, "
          "%d refused, %d imported, %d patterns (%d that RegExp takes refused), %d wrong" % (t.schemas, t.pairs, t.failing, t.keywords, t.alone, t.unread, t.refused, t.imported, t.patterns, t.patterns_refused, t.wrong))
    sys.exit(t.wrong > 0)


main()
