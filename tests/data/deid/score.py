#!/usr/bin/python3
"""score.py PROGRAM SHARE NOTES: how much of what notes.py marked is found.

A span is found where every character of it lies in what the scrub replaces;
a kept word survives where none of its characters does.  Names are not given
as known values: the rules alone are measured.  Prints one JSON object.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile

POLICY = "field,class,arg\n@name,score,\ntext,scan,\n"


def found(program, share, texts):
    with tempfile.TemporaryDirectory() as folder:
        policy = os.path.join(folder, "policy.csv")
        notes = os.path.join(folder, "notes.ndjson")
        with open(policy, "w") as f:
            f.write(POLICY)
        with open(notes, "w") as f:
            for text in texts:
                f.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
        out = subprocess.run([program, "--deid", policy, "--audit", notes], check=True,
                             capture_output=True, text=True, env={**os.environ, "MDX_SHARE": share}).stdout
    for line in out.splitlines():
        yield json.loads(line)["found"]


def main():
    program, share, path = sys.argv[1:4]
    show = len(sys.argv) > 4
    notes = [json.loads(line) for line in open(path)]
    spans, hit = collections.Counter(), collections.Counter()
    keep = kept = 0
    for note, list_ in zip(notes, found(program, share, [n["text"] for n in notes])):
        text = note["text"]
        taken = set()
        for f in list_:
            taken.update(range(f["start"], f["end"]))
        for start, end, label in note["gold"]:
            need = [i for i in range(start, end) if not text[i].isspace()]
            ok = all(i in taken for i in need)
            spans[label] += 1
            hit[label] += ok
            if show and not ok:
                print("MISS", note["kind"], label, text[max(0, start - 12):start] + "【" + text[start:end] + "】" +
                      text[end:end + 8], file=sys.stderr)
        for word in note["keep"]:
            keep += 1
            at = text.find(word)
            gone = False
            while at >= 0:
                gone = gone or any(i in taken for i in range(at, at + len(word)))
                at = text.find(word, at + 1)
            kept += not gone
            if show and gone:
                print("GONE", note["kind"], word, text, file=sys.stderr)
    numbers = ("ID_CARD", "PHONE", "EMAIL")
    print(json.dumps({
        "notes": len(notes), "spans": sum(spans.values()),
        "recall": round(sum(hit.values()) / max(1, sum(spans.values())), 4),
        "numbers": round(sum(hit[n] for n in numbers) / max(1, sum(spans[n] for n in numbers)), 4),
        "kept": round(kept / max(1, keep), 4),
        "labels": {n: [hit[n], spans[n]] for n in sorted(spans)}}))


if __name__ == "__main__":
    main()
