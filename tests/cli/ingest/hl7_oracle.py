"""Messages from a seed, as mdx-ingest reads them and as python3-hl7 does."""
import json
import random
import subprocess
import sys

import hl7

random.seed(20240131)
WORDS = ["5.60", "血糖", "王小明", "mmol/L", "a", "00012", "𠮷野", "\\T\\", "a\\F\\b", "\\S\\", "\\R\\x\\E\\",
         "\\X41\\", '""', "é", "x y", ""]
SEPS = ["|^~\\&", "#^~\\&", "|*!\\%"]


def text(seps):
    return random.choice(WORDS).replace("\\", seps[3])


def field(seps):
    def component():
        return seps[4].join(text(seps) for _ in range(random.choice((1, 1, 1, 2, 3))))

    def repetition():
        return seps[1].join(component() for _ in range(random.choice((1, 1, 2, 4))))

    return seps[2].join(repetition() for _ in range(random.choice((1, 1, 1, 2))))


def message(n):
    s = random.choice(SEPS)
    f = s[0]
    lines = ["MSH" + s + f + f.join(["LIS", "医院", "", "", "2024", "", "ORU" + s[1] + "R01", str(n), "P", "2.5"])]
    for _ in range(random.randrange(1, 9)):
        name = random.choice(["PID", "PV1", "OBR", "OBX", "NTE", "ZXX"])
        lines.append(name + "".join(f + field(s[0] + s[1:]) for _ in range(random.randrange(1, 7))))
    return "\r".join(lines) + "\r"


def parts(m, x, level):
    """What python3-hl7 found: repetitions, components, subcomponents."""
    if isinstance(x, str):
        return m.unescape(x)
    items = [i for i in x]
    if level == 0:      # of a field
        out = [parts(m, i, 1) for i in items]
        while len(out) > 1 and out[-1] == "":
            out.pop()
        return out[0] if len(items) == 1 else out
    if len(items) == 1 and (isinstance(items[0], str) or len(items[0]) == 1):
        one = items[0] if isinstance(items[0], str) else items[0][0]
        return m.unescape(one) if isinstance(one, str) else parts(m, one, level + 1)
    out = {}
    for n, i in enumerate(items, 1):
        if str(i) == "":
            continue
        out[str(n)] = parts(m, i, level + 1)
    return out


def expected(raw):
    m = hl7.parse(raw)
    out = []
    for seg in m:
        name = str(seg[0])
        one = {"id": name}
        for n in range(1, len(seg)):
            if str(seg[n]) == "":
                continue
            one[str(n)] = str(seg[n]) if name == "MSH" and n < 3 else parts(m, seg[n], 0)
        out.append(one)
    return out


raws = [message(n) for n in range(400)]
with open("many.hl7", "w", newline="") as f:
    f.write("".join(raws))
lines = subprocess.run(["mdx-ingest", "--sha256", "never", "many.hl7"], capture_output=True, check=True,
                       text=True).stdout.splitlines()
values = 0
for raw, line in zip(raws, lines, strict=True):
    want, got = expected(raw), json.loads(line)["segments"]
    if want != got:
        for w, g in zip(want, got):
            if w != g:
                print("differs:", json.dumps(w, ensure_ascii=False), json.dumps(g, ensure_ascii=False))
        sys.exit(1)
    values += sum(len(s) - 1 for s in got)
print(len(lines), "messages,", values, "fields as python3-hl7 reads them")
