#!/usr/bin/env python3
"""check-tables - proves the shipped tables without the tools.

Every table has one width and no damage, ids are unique, types, kinds, units,
value sets and map targets exist, and each column of the night is mapped and
told as its kind.  Codes of the insurance edition are looked up in the shared
terminology where it is present.  Prints a line a check, TAP style.
"""

import csv
import fnmatch
import pathlib
import re
import sys
import unicodedata

TOP = pathlib.Path(__file__).resolve().parents[2]
SHARE = TOP / "lib/share"
CORE = SHARE / "packs/core"
NIGHT = TOP / "tests/data/night/README.md"
TERMINOLOGY = TOP.parent / "shared/data/terminology"
# Kept by others: the tables of the disease packs, the page templates.
FOREIGN = [SHARE / "packs/thyroid-ablation", SHARE / "html"]

TYPES = set("number integer percent dims duration date bool code mark text"
            .split())
MAP_TYPES = set("text trim number result date datetime time age flag values "
                "term code unit split const drop jq".split())
CLASSES = set("keep drop null mask hmac shift year age generalise scan"
              .split())
CHECKS = set("required absent type length digits regex enum range date "
             "precision unit idcard uscc phone postcode clean "
             "not_placeholder schema compare all_of any_of one_of together "
             "count map reference jq unique".split())
# A code that says more than the term (narrow) is nothing to write unasked.
RELATIONS = {"exact", "close", "broad", "none"}
# Contract 1.7, the names after mdx-normalize.
CANONICAL = set("""patient_id visit_id time dept title name sex birth_date age
    id_card phone address health_card test value unit ref_low ref_high flag
    specimen diagnosis main surgery drug dose route frequency start end exam
    findings conclusion text item bed amount""".split())

faults, checks = [], 0


def check(what, wrong):
    global checks
    checks += 1
    wrong = list(wrong)
    print("%s %d - %s" % ("not ok" if wrong else "ok", checks, what))
    for w in wrong[:20]:
        print("  # %s" % (w,))
    faults.extend(wrong)


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def fold(s):
    return unicodedata.normalize("NFKC", s).casefold().replace(" ", "")


def files():
    return sorted(p for p in SHARE.rglob("*.csv")
                  if not any(f in p.parents for f in FOREIGN))


def shape(path):
    data = path.read_bytes()
    name = path.relative_to(TOP)
    if data.startswith(b"\xef\xbb\xbf") or b"\r" in data:
        yield "%s: BOM or CR" % name
    if not data.endswith(b"\n"):
        yield "%s: no line end at its end" % name
    table = list(csv.reader(data.decode().splitlines(True), strict=True))
    for n, row in enumerate(table, 1):
        if len(row) != len(table[0]):
            yield "%s: row %d has %d cells" % (name, n, len(row))
        for cell in row:
            if cell != cell.strip() or re.fullmatch(r"\d\.\d+E[+]\d+", cell):
                yield "%s: row %d: odd cell %r" % (name, n, cell)


def twice(keys):
    seen = set()
    for k in keys:
        if k in seen:
            yield "twice: %s" % (k,)
        seen.add(k)


def spellings(cell):
    """The codes of a `values` cell: [(code, [spelling, ...])]."""
    for part in filter(None, (p.strip() for p in cell.split(";"))):
        code, _, names = part.partition("=")
        yield code.strip(), [n.strip() for n in names.split("|") if n.strip()]


def ambiguous(values):
    """Spellings that mean two codes."""
    seen = {}
    for code, names in values:
        for n in [code] + names:
            if seen.setdefault(n, code) != code:
                yield n


# --- units ------------------------------------------------------------------

PREFIXES = "Y Z E P T G M k h da d c m u n p f a z y".split()


def is_unit(code, atoms):
    """The grammar of UCUM, without a look at dimensions."""
    code = re.sub(r"\{[!-z|~]*\}", "", code)
    if code == "":
        return True
    for part in re.split(r"(?<!^)[./]|^/", re.sub(r"[()]", "", code)):
        if part == "" or part.isdigit():
            continue
        m = re.fullmatch(r"(.*?[^0-9+-]|10[*^])([+-]?\d+)?", part)
        if not m:
            return False
        atom = m.group(1)
        if part in atoms or atom in atoms:
            continue
        if not any(atom.startswith(p) and atoms.get(atom[len(p):]) == "yes"
                   for p in PREFIXES):
            return False
    return True


# --- terms ------------------------------------------------------------------

# The fields that have two national editions, and the shared list of the one.
EDITIONS = {"diagnosis": "icd10", "surgery": "icd9cm3", "exam": "icd9cm3"}
SUBCATEGORY = "the subcategory by a code map"


def named(field, system):
    return {r["code"] for r in terms[field] if r["system"] == system}


def by_term(field, edition):
    return {r["term"]: r for r in terms[field]
            if r["system"] == EDITIONS[field] + "-" + edition}


def condition(cell):
    """What a unit or a specimen asks for; in brackets it is only usual."""
    return "" if cell.startswith("(") else fold(cell)


def mod10(code):
    """The check digit of LOINC, Luhn's."""
    digits, _, last = code.partition("-")
    total = 0
    for n, d in enumerate(reversed(digits)):
        v = int(d) * (1 + (n + 1) % 2)
        total += v // 10 + v % 10
    return -total % 10 == int(last)


def shared(name):
    with open(TERMINOLOGY / name, encoding="utf-8") as f:
        next(f)
        return [[c.strip() for c in line.rstrip("\n").split("\t")]
                for line in f]


# --- the checks -------------------------------------------------------------

check("every table has one width and clean cells",
      (f for p in files() for f in shape(p)))

kinds = rows(SHARE / "kinds.csv")
known = {r["kind"] for r in kinds}
shapes, kinds = kinds, [r for n, r in enumerate(kinds)
                        if r["kind"] not in {k["kind"] for k in kinds[:n]}]
groups = [r["group"] for r in kinds]
check("a kind's further rows follow it and hold columns only", (
    r["kind"] for before, r in zip(shapes, shapes[1:]) if r not in kinds and (
        before["kind"] != r["kind"] or not r["columns"] or
        any(r[c] for c in r if c not in ("kind", "columns", "note")))))
check("28 kinds of text and 26 of images",
      [g for g, n in (("text", 28), ("image", 26)) if groups.count(g) != n])
check("a code means one kind", twice(
    c for r in kinds for c in r["codes"].split("|") if c))
check("a pattern means one kind", twice(
    c for r in kinds for c in r["names"].split("|") if c))
check("every kind of text has columns that vote", (
    r["kind"] for r in kinds if r["group"] == "text" and not any(
        s["kind"] == r["kind"] and s["columns"].startswith("+")
        for s in shapes)))
words = rows(SHARE / "thesaurus.csv")
check("a spelling is of one word, in the way they are compared", twice(
    s for r in words for s in {
        re.sub(r"[_ /.&-]", "", fold(s))
        for s in [r["word"], *r["same"].split("|")] if s}))
check("roles of words are known", (
    r["word"] for r in words if r["role"] not in ("", "plain", "common")))

atom_rows = rows(SHARE / "terms/ucum.csv")
atoms = {r["code"]: r["metric"] for r in atom_rows}
atoms["L"] = atoms["l"] = "yes"
check("atoms are unique", twice(r["code"] for r in atom_rows))
check("atoms are defined by units", (
    r["code"] for r in atom_rows
    if r["class"] == "" and not (r["value"] and is_unit(r["unit"], atoms))))
units = rows(SHARE / "terms/units.csv")
check("spellings of units are unique",
      twice((i, s) for r in units for i in r["item"].split("|")
            for s in r["spelling"].split("|")))
check("spellings mean units of UCUM",
      (r["spelling"] for r in units if not is_unit(r["ucum"], atoms)))
analytes = rows(SHARE / "terms/analytes.csv")
check("an analyte has one molar mass", twice(
    n for r in analytes
    for n in {fold(x) for x in [r["analyte"]] + r["aliases"].split("|")}
    if n))
check("at least 120 analytes with a mass",
      [] if sum(float(r["molar_mass"] or 0) > 0 for r in analytes) >= 120
      else [len(analytes)])
check("at least 250 atoms and 200 spellings",
      [] if len(atom_rows) >= 250 and len(units) >= 200
      else [len(atom_rows), len(units)])

core = rows(CORE / "indicators.csv")
ids = {r["id"]: r for r in core}
check("ids are unique", twice(r["id"] for r in core))
check("at least 200 indicators", [] if len(core) >= 200 else [len(core)])
check("ids are well formed", (
    i for i in ids if not re.fullmatch(r"[a-z][A-Za-z0-9_.-]*", i)))
check("types and levels are known", (
    r["id"] for r in core if r["type"] not in TYPES or
    r["level"] not in {"L1", "L2", "L3", "L4"}))
check("kinds of indicators are known", (
    r["id"] for r in core if set(r["kind"].split("|")) - known - {""}))
check("units of indicators are UCUM", (
    (r["id"], r["unit"]) for r in core if not is_unit(r["unit"], atoms)))
check("low is below high", (
    r["id"] for r in core
    if r["low"] and r["high"] and float(r["low"]) >= float(r["high"])))
check("a code has values, and only a code or mark", (
    r["id"] for r in core
    if (r["type"] == "code") != bool(r["values"]) and r["type"] != "mark"))
check("a spelling means one code", (
    (r["id"], s) for r in core for s in ambiguous(spellings(r["values"]))))
check("L3 has an expression, the others none",
      (r["id"] for r in core if (r["level"] == "L3") != bool(r["expr"])))
check("L3 names indicators that exist", (
    (r["id"], n) for r in core for n in
    re.findall(r'\.\["([^"]+)"\]', r["expr"]) +
    re.findall(r"(?<![\w\])])\.([a-z_]+)", r["expr"])
    if n not in ids))
check("a name means one indicator", twice(
    fold(n) for r in core
    for n in {fold(x): x for x in [r["name_zh"]] + r["synonyms"].split("|")}
    .values() if n))
check("the canonical members are indicators", CANONICAL - set(ids))

specimens = rows(SHARE / "terms/specimens.csv")
check("a name of a specimen means one kind", (
    n for n in ambiguous((r["specimen"], [fold(x) for x in
                                          r["aliases"].split("|") if x])
                         for r in specimens)))

sets = {p.stem: rows(p) for p in (SHARE / "terms/sets").glob("*.csv")}
check("codes of a value set are unique", (
    (n, t) for n, s in sets.items() for t in twice(r["code"] for r in s)))
check("a spelling of a value set means one code", (
    (n, a) for n, s in sets.items() for a in ambiguous(
        (r["code"], [r["name"]] + [x for x in r["aliases"].split("|") if x])
        for r in s)))

mapping = rows(CORE / "map.csv")
check("map types are known",
      (r["column"] for r in mapping if r["type"] not in MAP_TYPES))
check("map targets are in the catalogue",
      (r["target"] for r in mapping if r["target"] not in ids))
check("map kinds are known", (
    r["column"] for r in mapping if set(r["kind"].split("|")) - known - {""}))
check("map rows are unique", twice(
    (r["source"], r["kind"], r["column"], r["when"]) for r in mapping))
check("value sets of the map exist", (
    r["arg"] for r in mapping if r["type"] == "values" and
    r["arg"] not in sets))
check("value sets and indicators have the same codes", {
    (r["target"], r["arg"]) for r in mapping
    if r["type"] == "values" and ids[r["target"]]["values"] and
    {c for c, _ in spellings(ids[r["target"]]["values"])} !=
    {s["code"] for s in sets[r["arg"]]}})
check("wanted units of the map are UCUM", (
    r["arg"] for r in mapping if r["type"] == "result" and
    not is_unit(r["arg"], atoms)))

systems = {r["system"]: r for r in rows(SHARE / "terms/systems.csv")}
terms = {p.stem: rows(p) for p in (CORE / "terms").glob("*.csv")}
check("terms name systems, versions and relations", (
    (f, r["term"]) for f, t in terms.items() for r in t
    if r["system"] not in systems or not r["version"] or
    r["relation"] not in RELATIONS or r["field"] != f or
    r["status"] != "APPROVED"))
check("codes have the form of their system", (
    (r["term"], r["code"]) for t in terms.values() for r in t
    if not re.fullmatch(systems[r["system"]]["code_pattern"] or ".+",
                        r["code"])))
check("a term has one code of a system", (
    (f, t) for f, t_ in terms.items() for t in twice(
        (fold(r["term"]), condition(r["unit"]), condition(r["specimen"]),
         r["system"])
        for r in t_)))
check("a code has one name", (
    (f, c) for f, t in terms.items() for c in twice(
        c for c, _ in {((r["system"], r["code"]), r["display"])
                       for r in t})))
check("terms and names are clean", (
    (f, x) for f, t in terms.items() for r in t
    for x in (r["term"], r["display"])
    if x != unicodedata.normalize("NFC", x) or re.search(r"[^\S ]|\u200b|\ufeff", x)
    or not x))
check("the shipped lists have their size", (
    (f, n) for f, n, least in (
        ("lab", len({r["display"] for r in terms["lab"]}), 400),
        ("diagnosis", len(named("diagnosis", "icd10-yb")), 300),
        ("diagnosis", len(named("diagnosis", "icd10-gl")), 300),
        ("surgery", len(named("surgery", "icd9cm3-yb")), 200),
        ("surgery", len(named("surgery", "icd9cm3-gl")), 200),
        ("drug", len(named("drug", "atc")), 300),
        ("exam", len(named("exam", "icd9cm3-yb")), 150)) if n < least))
check("terms have a code of the insurance edition", (
    (f, t) for f in EDITIONS for t in
    {r["term"] for r in terms[f]} - set(by_term(f, "yb"))))
check("LOINC codes have their check digit", (
    (r["term"], r["code"]) for r in terms["lab"] if not mod10(r["code"])))
check("units of tests are UCUM", (
    (r["term"], r["unit"]) for r in terms["lab"]
    if not is_unit(r["unit"].strip("()") if r["unit"].startswith("(")
                   else r["unit"], atoms)))
kinds_of_specimen = {r["specimen"] for r in specimens}
check("specimens of tests are known", (
    (r["term"], r["specimen"]) for r in terms["lab"]
    if r["specimen"] and r["specimen"].strip("()") not in kinds_of_specimen))
check("tests say their specimen", (
    (r["term"], r["code"]) for r in terms["lab"] if not r["specimen"] and
    not re.search("培养|染色|涂片|核酸|DNA|RNA", r["term"])))
check("a code that nobody compared says so", (
    (f, r["term"], r["code"]) for f, t in terms.items() for r in t
    if not r["note"] and not r["system"].endswith("-yb")))
check("the value sets of the specification are there", {
    "sex", "marital", "nation", "country", "abo", "rh", "admit-way",
    "discharge-way", "department"} - set(sets))
check("nations and sexes are whole", (
    (n, len(sets[n])) for n, size in (("nation", 58), ("sex", 4))
    if len(sets[n]) != size))
check("laboratory indicators read tests that the terms know", (
    r["id"] for r in core if (m := re.match(r"lab\[test=(.*?)\]\.",
                                            r["source"])) and
    m.group(1) not in {x["display"] for x in terms["lab"]} and
    m.group(1) != r["name_zh"]))

rules = rows(CORE / "rules.csv")
check("rule ids are unique", twice(r["id"] for r in rules))
check("rules have a check, a message and a reason", (
    r["id"] for r in rules if ":" not in r["id"] and not
    (r["check"] in CHECKS and r["message"] and r["rationale"])))
check("rules look at members that exist", (
    (r["id"], r["field"]) for r in rules
    if r["field"] and r["field"] not in ids))
check("overridden rules belong to indicators", (
    r["id"] for r in rules
    if ":" in r["id"] and r["id"].rpartition(":")[0] not in ids))

for path in sorted((SHARE / "policies/deid").glob("*.csv")):
    policy = {r["field"]: r for r in rows(path)}
    members = {i for i, r in ids.items()
               if r["level"] == "L1" and "." not in i}
    check("policy %s names every member" % path.stem, members - set(policy))
    check("policy %s has known classes and keeps nobody" % path.stem, (
        f for f, r in policy.items() if not f.startswith("@") and
        (r["class"] not in CLASSES or f == "*" or
         r["class"] == "keep" and f in ids and ids[f]["identifying"])))
    check("policy %s scans the quotes" % path.stem,
          [] if policy["@extract"]["class"] == "rescan" else ["@extract"])

roles = rows(SHARE / "roles.csv")
check("roles are of known kinds", (
    r["kind"] for r in roles
    if r["kind"] not in known | {"*", "image-*"}))
check("a kind has a role once",
      twice((r["kind"], r["role"]) for r in roles))


# Header lines in the habits of several systems.
HEADERS = """patient 病人ID 姓名 性别 出生日期 身份证号 联系电话
patient patient_id patient_name gender birth_date
outpatient 门诊号 患者ID 姓名 性别 出生日期 就诊日期 就诊科室 主诉
emergency 急诊号 患者ID 来院时间 预检分级 急诊去向
inpatient 住院号 姓名 性别 出生日期 入院时间 出院时间 入院科室
front-page 病案号 住院次数 姓名 性别 出生日期 入院时间 出院时间 入院科别 主要诊断 离院方式 总费用
diagnosis 住院号 诊断类型 诊断名称 ICD10
order 住院号 医嘱内容 医嘱类别 开立时间 开立医师
prescription 处方号 门诊号 药品名称 规格 用法 频次
administration 住院号 药品名称 执行时间 执行护士
lab 门诊号 姓名 性别 出生日期 检验项目 检验结果 单位 参考值
microbiology 住院号 标本类型 细菌名称 抗生素 MIC 药敏结果
exam 检查号 姓名 性别 出生日期 检查部位 影像所见 诊断意见
pathology 病理号 姓名 性别 出生日期 送检部位 肉眼所见 病理诊断
surgery 住院号 姓名 性别 出生日期 手术名称 手术日期 主刀医师 麻醉方式
anesthesia 住院号 麻醉方式 麻醉医师 ASA分级 麻醉开始时间
note 住院号 文书类型 记录时间 文书内容
nursing 住院号 记录时间 护理措施 护士
vital 住院号 测量时间 体温 脉搏 呼吸 血压
icu 床号 监护项目 监测值 时间
fee 住院号 收费项目 金额 数量 收费日期
followup 患者ID 随访日期 随访方式 随访结果
allergy 患者ID 过敏原 过敏反应
immunization 姓名 性别 出生日期 疫苗名称 接种日期
other 甲 乙 丙"""


def told(header):
    """The kinds that a header line proves, best first."""
    names = {re.sub(r"(?<=.)\([^()]*\)$", "", fold(h)) for h in header}
    found = set()
    for r in shapes:
        wanted = [s for s in r["columns"].split(";")
                  if s and not s.startswith("+")]
        if wanted and all(any(fnmatch.filter(names, fold(a))
                              for a in s.split("|")) for s in wanted):
            found.add((len(wanted), r["kind"]))
    best = max(found)[0] if found else 0
    return sorted(k for n, k in found if n == best)


def night_tables():
    for line in NIGHT.read_text().splitlines():
        m = re.match(r"\| `([^`]+)` \| ([a-z-]+) \| (.*) \|$", line)
        if m and "," in m.group(3):
            header = re.findall(r"[^:：]*$", m.group(3).split(";")[0])[0]
            yield m.group(1), m.group(2), header.strip().split(",")


check("header lines of other systems are told", (
    (kind, told(h)) for kind, *h in map(str.split, HEADERS.splitlines())
    if told(h) != [kind] and (kind != "other" or told(h))))

if NIGHT.exists():
    tables = [t for t in night_tables() if t[1] in known]
    check("the night has its tables", [] if len(tables) >= 9 else [tables])
    check("the night's tables are told by their columns", (
        (name, told(h)) for name, kind, h in tables if told(h) != [kind]))
    used = {(k, r["column"]) for r in mapping
            for k in (r["kind"].split("|") if r["kind"] else [""])} | {
            (k, c) for r in mapping for k in r["kind"].split("|")
            for all_of_one in re.findall(r"@([^;]+)", r["with"])
            for c in all_of_one.split("|")}
    check("every column of the night is mapped", (
        (name, c) for name, kind, h in tables for c in h
        if ("", c) not in used and (kind, c) not in used))
else:
    print("# skipped: no description of the night")

if TERMINOLOGY.is_dir():
    for field, name in EDITIONS.items():
        listed = dict(shared(name + "-cn-yibao.opendrg.tsv"))
        check("codes of %s exist in the edition" % field,
              {r["code"] for r in by_term(field, "yb").values()} -
              set(listed))
        check("names of %s are those of the edition" % field, (
            (r["code"], r["display"]) for r in by_term(field, "yb").values()
            if fold(listed.get(r["code"], "")) != fold(r["display"])))
        to = dict(shared(name + "-cn-codemap.opendrg.tsv"))
        insurance = by_term(field, "yb")
        check("the clinical codes of %s lead to those of insurance" % field, (
            (t, r["code"], to.get(r["code"]), insurance[t]["code"])
            for t, r in by_term(field, "gl").items()
            if r["note"] != SUBCATEGORY and
            to.get(r["code"]) != insurance[t]["code"]))
        check("subcategories of %s hold the code of insurance" % field, (
            (t, r["code"]) for t, r in by_term(field, "gl").items()
            if r["note"] == SUBCATEGORY and (
                r["code"] not in to or r["relation"] != "broad" or
                r["code"][:5] != insurance[t]["code"][:5])))
else:
    print("# skipped: no shared terminology")

print("1..%d" % checks)
sys.exit(1 if faults else 0)
