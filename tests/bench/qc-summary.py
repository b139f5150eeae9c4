#!/usr/bin/python3
"""qc-summary.py RULES GROUPS: a summary of mdx-qc in which every rule fails in
every group, a fifth of the rules being of completeness: the worst a page has
to hold."""
import hashlib
import json
import random
import sys

CHECKS = ("complete", "type", "values", "range", "unit")
nrules, ngroups = int(sys.argv[1]), int(sys.argv[2])
random.seed(1)
groups = sorted(f"临床科室{i:02d}" for i in range(ngroups - 1)) + [None]
records = [random.randint(200, 900) for _ in groups]
applied = [[0] * nrules for _ in groups]
lines, fields = [], []


def ids(name, n):
    return [hashlib.sha256(f"{name}{i}".encode()).hexdigest()[:26]
        for i in range(min(n, 5))]


def field(name, by, n, missing):
    return {"t": "field", "kind": "front-page", "field": name,
        "title": f"指标{name[3:]}", "by": by, "n": n, "absent": 0,
        "null": missing, "empty": 0, "placeholder": 0}


for r in range(nrules):
    check, name = CHECKS[r % 5], f"ind{r // 5:04d}"
    parts = []
    for g, group in enumerate(groups):
        n, fail = records[g], random.randint(1, records[g] // 30)
        applied[g][r] = n if r % 5 == 0 else n * 4 // 5
        parts.append({"t": "rule", "rule": f"{name}:{check}",
            "by": {"dept": group}, "n": n, "applicable": applied[g][r],
            "fail": fail, "error": 0, "samples": ids(f"{r}/{g}/", fail)})
        if r % 5 == 0:
            fields.append(field(name, {"dept": group}, n, fail))
    fail = sum(p["fail"] for p in parts)
    if r % 5 == 0:
        fields.append(field(name, {}, sum(records), fail))
    lines.append({"t": "rule", "rule": f"{name}:{check}",
        "kind": "front-page", "n": sum(records),
        "applicable": sum(p["applicable"] for p in parts), "fail": fail,
        "error": 0, "set": f"{random.getrandbits(64):016x}",
        "severity": random.choice(("info", "warn", "error", "fatal")),
        "field": name, "title": f"指标{name[3:]}", "check": check,
        "millipoints": 100, "level": "L2", "dimension": "规范性",
        "owner": "质控办", "message": f"指标{name[3:]}超出可能的范围或值域",
        "message_en": f"{name} is out of its range or set",
        "rationale": "住院病案首页数据填写质量规范"})
    lines.extend(parts)
whole = [{"t": "group", "by": {"dept": group}, "records": records[g],
    "failing": records[g] // 2,
    "lost_millipoints": records[g] * random.randint(2000, 30000),
    "kinds": [records[g]], "applicable": applied[g]}
    for g, group in enumerate(groups)]
lines = whole + lines + fields
print(json.dumps({"t": "run", "format": "mdx-qc-summary/1",
    "logic": "sha256:0", "by": ["dept"], "kinds": ["front-page"],
    "rules": nrules, "complete": True, "lines": len(lines) + 1,
    "records": sum(records), "set_aside": 0,
    "failing": sum(g["failing"] for g in whole),
    "lost_millipoints": sum(g["lost_millipoints"] for g in whole),
    "samples": 5, "shards": [{"id": "made", "records": sum(records)}]}))
for line in lines:
    print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
