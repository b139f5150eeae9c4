"""What mdx-qc counts of OMOP tables by DataQualityDashboard's checks, against
SQL of our own in SQLite, on random small tables with faults of every type.

    qc-dqd.py --tables FOLDER|small53|small54 [--seed N] [--cases N]

The SQL says what a check counts as its definition does, one query a check; the
tool's own code is not looked at.  Functions of dates are Python's.
"""
import argparse, csv, datetime, glob, gzip, json, os, random, re, shutil
import sqlite3, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import dqd_small

NOW = datetime.date(2026, 6, 15)
VOCABULARY = {"concept", "vocabulary", "concept_ancestor",
    "concept_relationship", "concept_class", "concept_synonym",
    "relationship", "domain"}
LEVELS = {"TABLE": "Table_Level", "FIELD": "Field_Level",
    "CONCEPT": "Concept_Level"}


# --- rule tables ------------------------------------------------------------------

def read_rules(folder):
    def rows(end):
        path, = glob.glob(os.path.join(folder, "*_%s.csv" % end))
        with open(path, newline="", encoding="utf-8-sig") as f:
            return [{k: ("" if v is None or v.strip() == "" else v.strip())
                for k, v in r.items()} for r in csv.DictReader(f)]
    return {"CHECKS": rows("Check_Descriptions"),
        **{level: rows(end) for level, end in LEVELS.items()}}


def passes(row, text):
    for term in text.split("&"):
        name, sign, value = re.match(
            r"\s*(\w+)\s*(==|!=)\s*'(.*)'\s*$", term).groups()
        cell = row.get(name, "")
        if cell == "" or (cell == value) != (sign == "=="):
            return False
    return True


def checks_of(rules):
    for d in rules["CHECKS"]:
        for row in rules[d["checkLevel"]]:
            if row["cdmTableName"].lower() in VOCABULARY:
                continue
            if passes(row, d["evaluationFilter"]):
                yield d["checkLevel"], d["checkName"], row


def id_of(level, name, row):
    parts = [level, name, row["cdmTableName"], row.get("cdmFieldName", "")]
    if level == "CONCEPT":
        parts += [row["conceptId"], row.get("unitConceptId", "")]
    return "_".join(re.sub(r"\s", "", p).lower() for p in parts if p)


# --- tables with faults -------------------------------------------------------------

class Maker:
    """Values are few, and near every limit: rows meet each other."""

    def __init__(self, rules, rng):
        self.rules, self.rng = rules, rng
        self.columns = {}
        for r in rules["FIELD"]:
            self.columns.setdefault(r["cdmTableName"].lower(), []).append(
                (r["cdmFieldName"].lower(), r["cdmDatatype"].lower()))
        self.named = sorted({c for r in rules["CONCEPT"]
            for c in re.findall(r"\d+", r["conceptId"])}, key=int)
        self.units = sorted({u for r in rules["CONCEPT"]
            for u in re.findall(r"\d+", r["plausibleUnitConceptIds"] +
                " " + r["unitConceptId"])}, key=int)
        self.ours = [int(c) for c in rng.sample(
            self.named, min(6, len(self.named)))]
        self.concepts = [0, 0, 11, 12, 13, 14, 15] + self.ours
        self.d0 = datetime.date(2020, 1, 10)

    def day(self):
        r = self.rng
        if r.random() < .15:
            return r.choice(["1949-12-31", "1950-01-01", "1850-01-01",
                "1849-12-31", "2026-06-15", "2026-06-16", "2026-06-17"])
        n = r.choice([0, 0, 1, -1, -6, -7, -8, 6, 7, 8, 59, 60, 61, 62])
        return str(self.d0 + datetime.timedelta(n))

    def time(self):
        return self.day() + self.rng.choice(["", "", "T00:00:00",
            "T00:30:00", " 23:59", "T23:30:00Z", "T00:10:00+08:00"])

    def value(self, table, column, kind, key):
        r = self.rng
        if column == key:
            return r.choice([None] + list(range(1, 12))) \
                if r.random() < .3 else self.serial()
        if column == "person_id":
            return r.choice([1, 2, 3, 4, 5, 6, "6", 99, None])
        if column.endswith("visit_occurrence_id"):
            return r.choice([1, 2, 3, 4, 77, None])
        if column == "gender_concept_id":
            return r.choice([8507, 8532, 8551, 0, None, "8507", "x"])
        if column == "unit_concept_id":
            return r.choice([0, None, 9, "abc"] +
                [int(u) for u in self.units[:4]] +
                [int(r.choice(self.units or ["8"]))])
        if column.endswith("concept_id"):
            return r.choice(self.concepts + [999, None])
        if kind.startswith("datetime"):
            return r.choice([None, self.time(), self.time(), "abc"])
        if kind.startswith("date"):
            return r.choice([None, self.time()]) if r.random() < .3 \
                else r.choice([self.day()] * 9 + ["", 20200110, "2020-02-30"])
        if column == "year_of_birth":
            return r.choice([1849, 1850, 2020, 2026, 2027, 2028, "2019",
                None, "x", 2020.0])
        if column == "month_of_birth":
            return r.choice([1, 2, 6, 12, 13, 0, None, None])
        if column == "day_of_birth":
            return r.choice([1, 10, 11, 29, 30, 31, 32, None, None])
        if column.endswith("_id") and kind.startswith(("int", "bigint")):
            return r.choice([1, 2, 3, 4, 55, None])
        if kind.startswith(("int", "bigint", "float", "numeric")):
            return r.choice([-1, 0, .5, 1, 12, 13, 24, 25, 31, 32, 365, 366,
                3.0, "3.0", "12", "1e3", "", "abc", "+4", True, None])
        return r.choice(["A", "B", "a", "", " ", "NA", "-", "Gender", None])

    def serial(self):
        self.n += 1
        return self.n

    def table(self, name):
        r = self.rng
        columns = self.columns[name]
        key = next((f["cdmFieldName"].lower() for f in self.rules["FIELD"]
            if f["cdmTableName"].lower() == name
            and f["isPrimaryKey"] == "Yes"), None)
        if name not in ("person", "visit_occurrence"):
            fate = r.random()
            if fate < .06:
                return None
            if fate < .12:
                return []
        elif r.random() < .04:
            return r.choice([None, []])
        empty = {c for c, _ in columns if r.random() < .05}
        gone = {c for c, _ in columns if r.random() < .03}
        rows, self.n = [], 0
        for _ in range(r.randrange(1, 25)):
            row = {}
            for c, kind in columns:
                if c in gone or (r.random() < .03):
                    continue
                row[c] = None if c in empty else self.value(
                    name, c, kind, key)
            rows.append(row)
        if name == "observation_period" and r.random() < .7:
            self.periods(rows, r.choice([0, .03, .5]))
        # As an export of a spreadsheet has them, or another writer.
        look = r.choice([None] * 6 + [str, float])
        for row in rows if look else []:
            for c, v in row.items():
                if type(v) is int and not (look is float and c == key):
                    row[c] = look(v)
        if "death" == name and r.random() < .5 and rows:
            rows.append(dict(rows[0]))
        return rows

    def periods(self, rows, share):
        """Apart by two days, but for some that touch or share a day, and
        some of one id."""
        r = self.rng
        who = r.choice([[1], [1, 2, 3], [4, 5, 99, None]])
        for i, row in enumerate(rows):
            start = self.d0 + datetime.timedelta(10 * i)
            more = r.choice([1, 1, 2]) if r.random() < share else 0
            row.update(person_id=r.choice(who),
                observation_period_start_date=str(start),
                observation_period_end_date=str(start +
                    datetime.timedelta(8 + more)),
                observation_period_id=3 if r.random() < .2 else i)

    def vocabulary(self):
        r = self.rng
        ids = [11, 12, 13, 13, 14, 0, 8507, 8532, 8551] + self.ours
        domains = sorted({f["fkDomain"] for f in self.rules["FIELD"]
            if f["fkDomain"]}) + [None, "x"]
        classes = sorted({f["fkClass"] for f in self.rules["FIELD"]
            if f["fkClass"]}) + [None, "x"]
        concept = [{"concept_id": i, "domain_id": r.choice(domains),
            "concept_class_id": r.choice(classes),
            "standard_concept": r.choice(["S", "S", "S", "C", None]),
            "invalid_reason": r.choice([None, None, None, "D"])}
            for i in ids]
        ancestor = [{"ancestor_concept_id": int(a),
            "descendant_concept_id": r.choice(self.concepts)}
            for a in self.named for _ in range(2) if r.random() < .6]
        domain = [{"domain_id": d} for d in ["A", "B", "B", "NA"]]
        return {"concept": concept, "concept_ancestor": ancestor or None,
            "domain": domain}

    def database(self):
        db = {t: self.table(t) for t in self.columns if t not in VOCABULARY}
        db.update(self.vocabulary())
        if self.rng.random() < .05:
            db[self.rng.choice(["concept", "person", "death",
                "visit_occurrence", "concept_ancestor"])] = None
        return db


# --- the definition in SQL ---------------------------------------------------------

def day(v, time=False):
    m = isinstance(v, str) and re.match(
        r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?"
        r"(?:Z|[+-]\d\d:\d\d)?)?$", v)
    try:
        datetime.date.fromisoformat(m.group(1))
    except (AttributeError, ValueError):
        return None
    if not time:
        return m.group(1)
    return m.group(1) + " " + ((m.group(2) or "00:00") +
        (m.group(3) or ":00"))


def shift(v, n):
    return v and str(datetime.date.fromisoformat(v[:10]) +
        datetime.timedelta(n)) + v[10:]


def made(y, m, d):
    try:
        return str(datetime.date(int(y), int(m), int(d)))
    except (TypeError, ValueError):
        return None


def is_number(v):
    return isinstance(v, (int, float)) and not isinstance(v, bool)


def num(v):
    return v if is_number(v) else None


class Missing(Exception):
    """A table or column that the query needs."""


class Oracle:
    def __init__(self, db, columns):
        self.db, self.columns = db, columns
        self.sql = s = sqlite3.connect(":memory:")
        s.create_function("DAY", 1, day)
        s.create_function("MOMENT", 1, lambda v: day(v, True))
        s.create_function("SHIFT", 2, shift)
        s.create_function("MADE", 3, made)
        s.create_function("NUM", 1, num)
        self.there = {}
        for t, rows in db.items():
            if rows is None:
                continue
            known = sorted({c for c, _ in columns.get(t, [])} |
                {c for r in rows for c in r})
            self.there[t] = set(known) if not rows else {
                c for r in rows for c in r}
            kinds = dict(columns.get(t, []))
            self.create(t, known, kinds, rows)

    def create(self, t, known, kinds, rows):
        def is_numeric(c):
            return (c.endswith("_id") and c not in ("domain_id",
                "concept_class_id", "vocabulary_id")) or kinds.get(
                c, "").startswith(("int", "bigint", "float", "numeric"))
        self.sql.execute("CREATE TABLE %s (%s)" % (t, ", ".join(
            '"%s" %s, "%s__raw"' % (c, "NUMERIC" if is_numeric(c)
                else "BLOB", c) for c in known)))
        for r in rows:
            cells = []
            for c in known:
                v = r.get(c)
                cells += ["true" if v is True else v,
                    None if v is None else
                    v if isinstance(v, str) else json.dumps(v)]
            self.sql.execute("INSERT INTO %s VALUES (%s)" % (
                t, ",".join("?" * len(cells))), cells)

    def need(self, table, *columns):
        if table not in self.there:
            raise Missing(table)
        for c in columns:
            if c not in self.there[table]:
                raise Missing(table + "." + c)

    def both(self, denominator, violated):
        q = lambda x: self.sql.execute(x).fetchone()[0]
        return q(denominator), q(violated)


BIRTH = """CASE WHEN p.birth_datetime IS NOT NULL THEN DAY(p.birth_datetime)
ELSE MADE(NUM(p.year_of_birth), NUM(COALESCE(p.month_of_birth, 1)),
NUM(COALESCE(p.day_of_birth, 1))) END"""

BOTH = "cause specialty payer plan sponsor stop_reason unit gender".split()
STANDARD = """admitted_from discharged_to discharge_to condition_status route
modifier qualifier anatomic_site disease_status country
place_of_service""".split()


def companion(t, f):
    if f == "admitting_source_concept_id":
        return "admitting_source_value"
    m = re.match(r"(.*?)(_source)?_concept_id$", f)
    if not m:
        return None
    x, source = m.groups()
    if (x == "unit" and t == "dose_era") or (x == "gender" and
            t != "provider"):
        return None
    if x in BOTH or (x in STANDARD and not source):
        return x + "_source_value"
    return None


def count(o, level, name, row):
    """(denominator, violated); Missing where the query could not run."""
    t = row["cdmTableName"].lower()
    f = row.get("cdmFieldName", "").lower()
    cell = lambda c: row.get(c, "").lower()
    rows = "SELECT COUNT(*) FROM %s t" % t
    filled = rows + ' WHERE t."%s" IS NOT NULL' % f
    F = 't."%s"' % f
    q = o.both
    if name == "measurePersonCompleteness":
        o.need("person", "person_id")
        o.need(t, "person_id")
        return q("SELECT COUNT(*) FROM person", """SELECT COUNT(*) FROM person
p WHERE p.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s t WHERE
t.person_id = p.person_id)""" % t)
    if name == "measureConditionEraCompleteness":
        o.need("condition_occurrence", "person_id", "condition_concept_id")
        o.need("condition_era", "person_id")
        who = """SELECT DISTINCT person_id FROM condition_occurrence WHERE
condition_concept_id <> 0 AND person_id IS NOT NULL"""
        return q("SELECT COUNT(*) FROM (%s)" % who, """SELECT COUNT(*) FROM
(%s) w WHERE NOT EXISTS (SELECT 1 FROM condition_era e WHERE e.person_id =
w.person_id)""" % who)
    if name == "measureObservationPeriodOverlap":
        o.need("observation_period", "person_id", "observation_period_id",
            "observation_period_start_date", "observation_period_end_date")
        return q("""SELECT COUNT(DISTINCT person_id) FROM observation_period
""", """SELECT COUNT(DISTINCT a.person_id) FROM (SELECT *,
DAY(observation_period_start_date) s, DAY(observation_period_end_date) e FROM
observation_period) a JOIN (SELECT *, DAY(observation_period_start_date) s,
DAY(observation_period_end_date) e FROM observation_period) b ON a.person_id =
b.person_id AND a.observation_period_id <> b.observation_period_id WHERE
(a.s <= b.e AND b.s <= a.e) OR b.s = SHIFT(a.e, 1) OR a.s = SHIFT(b.e, 1)""")
    if level != "TABLE":
        o.need(t, f)
    if name in ("isRequired", "measureValueCompleteness"):
        return q(rows, rows + " WHERE %s IS NULL" % F)
    if name == "cdmDatatype":
        return o.both(rows, "SELECT 0")[0], sum(
            not re.fullmatch(r"[+-]?[0-9]+", v) for v, in o.sql.execute(
            'SELECT "%s__raw" FROM %s WHERE "%s__raw" IS NOT NULL' %
            (f, t, f)))
    if name == "isPrimaryKey":
        return q(rows, rows + """ WHERE %s IN (SELECT "%s" FROM %s WHERE "%s"
IS NOT NULL GROUP BY 1 HAVING COUNT(*) > 1)""" % (F, f, t, f))
    if name == "isForeignKey":
        o.need(cell("fkTableName"), cell("fkFieldName"))
        return q(rows, rows + """ WHERE %s IS NOT NULL AND NOT EXISTS (SELECT
1 FROM %s r WHERE r."%s" = %s)""" % (F, cell("fkTableName"),
            cell("fkFieldName"), F))
    if name in ("fkDomain", "fkClass"):
        column = "domain_id" if name == "fkDomain" else "concept_class_id"
        o.need("concept", "concept_id", column)
        return q(rows, rows + """ JOIN concept c ON c.concept_id = %s WHERE
c.concept_id <> 0 AND c.%s <> '%s'""" % (F, column, row[name]))
    if name == "isStandardValidConcept":
        o.need("concept", "concept_id", "standard_concept", "invalid_reason")
        return q(filled, rows + """ JOIN concept c ON c.concept_id = %s WHERE
c.concept_id <> 0 AND (c.standard_concept IS NULL OR c.standard_concept <> 'S'
OR c.invalid_reason IS NOT NULL)""" % F)
    if name.endswith("ConceptRecordCompleteness"):
        with_ = companion(t, f)
        if with_ is None:
            return q(filled, rows + " WHERE %s = 0" % F)
        o.need(t, with_)
        return q(rows + ' WHERE %s IS NOT NULL OR t."%s" IS NOT NULL' % (
            F, with_), rows + """ WHERE %s = 0 OR (%s IS NULL AND t."%s" IS NOT
NULL)""" % (F, F, with_))
    if name == "sourceValueCompleteness":
        c = cell("standardConceptFieldName")
        o.need(t, c)
        return q('SELECT COUNT(*) FROM (SELECT DISTINCT "%s" FROM %s)' % (
            f, t), """SELECT COUNT(*) FROM (SELECT DISTINCT "%s" FROM %s WHERE
"%s" = 0)""" % (f, t, c))
    if name in ("plausibleValueLow", "plausibleValueHigh"):
        limit, sign = row[name], "<" if name.endswith("Low") else ">"
        if level == "CONCEPT":
            o.need(t, "unit_concept_id", "value_as_number")
            some = """ WHERE %s = %s AND t.unit_concept_id = %s AND
t.value_as_number IS NOT NULL""" % (F, row["conceptId"],
                row["unitConceptId"])
            return q(rows + some, rows + some +
                " AND NUM(t.value_as_number) %s %s" % (sign, limit))
        if row["cdmDatatype"].lower() in ("date", "datetime"):
            if limit.startswith("DATEADD"):
                limit = str(NOW + datetime.timedelta(1))
            else:
                limit = "-".join((limit[1:5], limit[5:7], limit[7:9]))
            return q(filled, rows + " WHERE DAY(%s) %s '%s'" % (
                F, sign, limit))
        if limit.startswith("YEAR"):
            limit = str(NOW.year + 1)
        return q(filled, rows + " WHERE NUM(%s) %s %s" % (F, sign, limit))
    if name == "plausibleTemporalAfter":
        u, g = (cell("plausibleTemporalAfterTableName"),
            cell("plausibleTemporalAfterFieldName"))
        if u == t:
            o.need(t, g)
            return q(rows, rows + ' WHERE DAY(t."%s") > DAY(%s)' % (g, F))
        o.need(t, "person_id")
        o.need(u, "person_id")
        if u == "person":
            o.need("person", g, "year_of_birth")
            return q(rows, rows + """ JOIN person p ON p.person_id =
t.person_id WHERE CASE WHEN p."%s" IS NOT NULL THEN DAY(p."%s") ELSE
MADE(NUM(p.year_of_birth), 6, 1) END > DAY(%s)""" % (g, g, F))
        o.need(t, g)
        return q(rows, rows + """ JOIN %s u ON u.person_id = t.person_id WHERE
DAY(t."%s") > DAY(%s)""" % (u, g, F))
    if name == "plausibleAfterBirth":
        o.need(t, "person_id")
        o.need("person", "person_id", "birth_datetime", "year_of_birth",
            "month_of_birth", "day_of_birth")
        return q(filled, rows + """ JOIN person p ON p.person_id = t.person_id
WHERE DAY(%s) < %s""" % (F, BIRTH))
    if name in ("plausibleBeforeDeath", "plausibleDuringLife"):
        o.need(t, "person_id")
        o.need("death", "person_id", "death_date")
        join = " JOIN death d ON d.person_id = t.person_id WHERE "
        late = "DAY(%s) > SHIFT(DAY(d.death_date), 60)" % F
        if name == "plausibleBeforeDeath":
            return q(rows + join + "%s IS NOT NULL" % F, rows + join + late)
        return q(rows + """ WHERE EXISTS (SELECT 1 FROM death d WHERE
d.person_id = t.person_id)""", rows + join + late)
    if name == "withinVisitDates":
        o.need(t, "visit_occurrence_id")
        o.need("visit_occurrence", "visit_occurrence_id", "visit_start_date",
            "visit_end_date")
        join = rows + """ JOIN visit_occurrence v ON v.visit_occurrence_id =
t.visit_occurrence_id """
        return q(join, join + """WHERE MOMENT(%s) <
SHIFT(MOMENT(v.visit_start_date), -7) OR MOMENT(%s) >
SHIFT(MOMENT(v.visit_end_date), 7)""" % (F, F))
    if name == "plausibleStartBeforeEnd":
        e = cell("plausibleStartBeforeEndFieldName")
        o.need(t, e)
        return q(filled + ' AND t."%s" IS NOT NULL' % e,
            rows + ' WHERE DAY(%s) > DAY(t."%s")' % (F, e))
    right = lambda g: 8507 if g == "Male" else 8532
    if name == "plausibleGender":
        o.need(t, "person_id")
        o.need("person", "person_id", "gender_concept_id")
        return q(rows + " WHERE %s = %s" % (F, row["conceptId"]), rows + """
JOIN person p ON p.person_id = t.person_id WHERE %s = %s AND
NUM(p.gender_concept_id) <> %d""" % (F, row["conceptId"], right(row[name])))
    if name == "plausibleGenderUseDescendants":
        o.need(t, "person_id")
        o.need("person", "person_id", "gender_concept_id")
        o.need("concept_ancestor", "ancestor_concept_id",
            "descendant_concept_id")
        join = rows + """ JOIN concept_ancestor a ON a.descendant_concept_id =
%s AND a.ancestor_concept_id IN (%s) """ % (F, row["conceptId"])
        return q(join, join + """JOIN person p ON p.person_id = t.person_id
WHERE NUM(p.gender_concept_id) <> %d""" % right(row[name]))
    if name == "plausibleUnitConceptIds":
        o.need(t, "unit_concept_id")
        some = rows + " WHERE %s = %s AND " % (F, row["conceptId"])
        allowed = ",".join(u for u in re.findall(
            r"-?\d+", row["plausibleUnitConceptIds"]) if u != "-1")
        return q(some + "(t.unit_concept_id IS NULL OR t.unit_concept_id <> 0)",
            some + """NUM(t.unit_concept_id) <> 0 AND t.unit_concept_id NOT
IN (%s)""" % allowed)
    raise AssertionError(name)


def judge(o, level, name, row):
    """(status, denominator, violated); no numbers where a query failed."""
    t = row["cdmTableName"].lower()
    f = row.get("cdmFieldName", "").lower()
    at = "condition_occurrence" \
        if name == "measureConditionEraCompleteness" else t
    there = o.there.get(at)
    rows = len(o.db.get(at) or [])
    if name == "cdmTable":
        return ("fail", 1, 1) if there is None else ("pass", 1, 0)
    if there is None:
        return "na", None, None
    if name == "cdmField":
        return ("pass", 1, 0) if f in there else ("fail", 1, 1)
    if level != "TABLE" and f not in there:
        return "na", None, None
    try:
        n, bad = count(o, level, name, row)
    except Missing as e:
        # A reference that was not given fails only where there is a row.
        given = str(e).split(".")[0] in o.there
        return ("error" if rows > 0 or given else "na"), None, None
    if name != "measurePersonCompleteness" and rows == 0:
        return "na", n, bad
    if level != "TABLE" and name != "measureValueCompleteness" and \
            all(r.get(f) is None for r in o.db[t]):
        return "na", n, bad
    if level == "CONCEPT" and n == 0:
        return "na", n, bad
    threshold = row.get(name + "Threshold", "")
    if threshold in ("", "0"):
        return ("fail" if bad > 0 else "pass"), n, bad
    from fractions import Fraction
    over = n > 0 and Fraction(bad, n) * 100 > Fraction(threshold)
    return ("fail" if over else "pass"), n, bad


# --- the tool ---------------------------------------------------------------------

def write(folder, db, rng):
    names = []
    for t, rows in db.items():
        if rows is None:
            continue
        path = os.path.join(folder, t)
        if t in ("concept", "domain", "concept_ancestor") and rows and \
                rng.random() < .5:
            with open(path + ".csv", "w", newline="") as f:
                w = csv.DictWriter(f, sorted(rows[0]))
                w.writeheader()
                w.writerows(rows)
            continue
        text = "".join(json.dumps(r) + "\n" for r in rows)
        if rng.random() < .5:
            path += ".ndjson.gz"
            with gzip.open(path, "wt") as f:
                f.write(text)
        else:
            path += ".ndjson"
            with open(path, "w") as f:
                f.write(text)
        names.append(path)
    return names


def run(*argv):
    p = subprocess.run(argv, capture_output=True, text=True)
    if p.returncode > 1 or (p.returncode == 1 and
            "no record to check" not in p.stderr):
        sys.exit("%s: status %d: %s" % (" ".join(argv[:3]), p.returncode,
            p.stderr))
    return p.stdout


def measure(folder, rules, names, more=()):
    summary = os.path.join(folder, "omop.sum")
    run("mdx-qc", "--rules-only", "-r", rules, "--kind-from", "name",
        "--ref-dir", folder, "--no-output", "--now", str(NOW), *more,
        "--summary", summary, *names)
    return run("mdx-qc", "report", "--csv", "-", summary)


def cut(folder, names):
    """Each table in two files, in two folders."""
    shards = []
    for part in (0, 1):
        to = os.path.join(folder, "part%d" % part)
        os.mkdir(to)
        shards.append([])
        for path in names:
            with (gzip.open if path.endswith(".gz") else open)(path, "rt") as f:
                lines = f.readlines()
            name = os.path.join(to, os.path.basename(path).split(".")[0] +
                ".ndjson")
            with open(name, "w") as f:
                f.writelines(lines[part::2])
            shards[-1].append(name)
    return shards


def merged(folder, rules, names):
    summaries = []
    for i, shard in enumerate(cut(folder, names)):
        summaries.append(os.path.join(folder, "%d.sum" % i))
        run("mdx-qc", "--rules-only", "-r", rules, "--kind-from", "name",
            "--ref-dir", folder, "--no-output", "--now", str(NOW),
            "--state", os.path.join(folder, "keys"), "--shard", str(i),
            "--allow-empty", "--summary", summaries[-1], *shard)
    whole = os.path.join(folder, "merged.sum")
    run("mdx-qc", "merge", "--state", os.path.join(folder, "keys"), "-o",
        whole, *summaries)
    return run("mdx-qc", "report", "--csv", "-", whole)


def compare(rules, folder, seed):
    """The number of checks, by status; exits where one differs."""
    rng = random.Random(seed)
    maker = Maker(rules, rng)
    db = maker.database()
    data = os.path.join(folder, "data")
    shutil.rmtree(data, ignore_errors=True)
    os.mkdir(data)
    names = write(data, db, rng)
    text = measure(data, os.path.join(folder, "omop.ndjson"), names,
        rng.choice([(), ("-j", "1"), ("-j", "3"), ("--memory", "1")]))
    if rng.random() < .25 and text != merged(data,
            os.path.join(folder, "omop.ndjson"), names):
        sys.exit("seed %d: two shards count otherwise" % seed)
    got = {r["rule"]: r for r in csv.DictReader(text.splitlines())}
    o = Oracle(db, maker.columns)
    statuses, wrong, types = {}, [], {}
    for level, name, row in checks_of(rules):
        rule = id_of(level, name, row)
        status, n, bad = judge(o, level, name, row)
        g = got.pop(rule, None)
        if g is None or g["status"] != status or (n is not None and
                (int(g["applicable"]), int(g["fail"])) != (n, bad)):
            wrong.append("%s: %s %s of %s, the tool: %s" % (rule, status,
                bad, n, g and "%(status)s %(fail)s of %(applicable)s" % g))
        statuses[status] = statuses.get(status, 0) + 1
        types.setdefault(name, set()).add(status)
    wrong += ["%s: not among the checks" % rule for rule in got]
    if wrong:
        print("seed %d: %d differ" % (seed, len(wrong)))
        print("\n".join(wrong[:20]))
        keep = os.environ.get("KEEP")
        if keep:
            shutil.rmtree(keep, ignore_errors=True)
            shutil.copytree(folder, keep)
        sys.exit(1)
    return statuses, types


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--tables", required=True)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--cases", type=int, default=10)
    a = a.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = a.tables
        if tables.startswith("small"):
            tables = os.path.join(folder, "tables")
            os.mkdir(tables)
            dqd_small.write(tables, a.tables[5:])
        rules = read_rules(tables)
        run("mdx-qc", "import", "dqd", tables, "-o",
            os.path.join(folder, "omop.ndjson"))
        total, types = {}, {}
        for seed in range(a.seed, a.seed + a.cases):
            statuses, seen = compare(rules, folder, seed)
            for s, n in statuses.items():
                total[s] = total.get(s, 0) + n
            for name, s in seen.items():
                types.setdefault(name, set()).update(s)
    # A type that never failed, or never passed, was not tested.
    dull = [n for n, s in types.items() if not {"pass", "fail"} <= s]
    print("%d checks are equal (%s) of %d types" % (sum(total.values()),
        ", ".join("%s %d" % x for x in sorted(total.items())), len(types)))
    if dull and a.tables.startswith("small") and a.cases >= 40:
        sys.exit("never both passed and failed: %s" % ", ".join(
            "%s (%s)" % (n, " ".join(sorted(types[n]))) for n in sorted(dull)))


main()
