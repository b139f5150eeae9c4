#!/usr/bin/python3
"""check - the shape of the gold sets, without looking at what they say.

Prints nothing and ends with 0 if the notes of a pack have the same indicators
(those of stains and genes only where a note speaks of them), every value that
is not null has a verbatim quote, no id occurs twice, and each note is in the
set that its id belongs to.  Where the pack is shipped, the indicators and the
types of their values are those of its rows.  Notes that name their document
type ("doc", files PACK-notes) are compared with those of the same type.
"""

import csv
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
PACKS = HERE.parents[2] / "lib" / "share" / "packs"
OPTIONAL = ("ihc.", "mol.")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_range(value):
    return (isinstance(value, dict) and value
            and set(value) <= {"min", "max"}
            and all(map(is_number, value.values())))


def is_quantity(value):
    return is_number(value) or is_range(value)


def is_dims(value):
    return (isinstance(value, list) and value
            and all(map(is_number, value)))


def is_text(value):
    return isinstance(value, str) and value != ""


TYPES = {"number": is_quantity, "percent": is_quantity,
         "duration": is_quantity, "integer": is_quantity, "dims": is_dims,
         "bool": lambda value: isinstance(value, bool),
         "date": is_text, "code": is_text, "mark": is_text, "text": is_text}


def rows(pack):
    """Type by id of the L2 indicators; None if the pack is not shipped."""
    path = PACKS / pack / "indicators.csv"
    if not path.exists():
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row["type"] for row in csv.DictReader(file)
                if row["level"] == "L2"}


def is_group(value):
    """An array of objects, or the empty one; dims are never empty."""
    return isinstance(value, list) and not is_dims(value)


def values(indicators):
    """(path, id, value) of everything that was looked for."""
    for name, value in indicators.items():
        if not is_group(value):
            yield name, name, value
            continue
        for i, thing in enumerate(value, 1):
            for member, inner in thing.items():
                yield ("%s.%d.%s" % (name, i, member),
                       "%s.%s" % (name, member), inner)


def shape(indicators):
    """The names that all notes of a pack share, and those of its objects."""
    names = {name for name in indicators if not name.startswith(OPTIONAL)}
    members = {(name, tuple(thing)) for name, value in indicators.items()
               if is_group(value) for thing in value}
    return names, members


def faults(note, sealed, types):
    indicators, evidence = note["indicators"], note["evidence"]
    said = {path for path, _, value in values(indicators)
            if value is not None}
    if said != set(evidence):
        yield "evidence of other values than are given"
    for path, quote in evidence.items():
        if not quote or quote not in note["text"]:
            yield "quote of %s is not in the text" % path
    for path, name, value in values(indicators):
        if types is None:
            break
        if name not in types:
            yield "%s is no indicator of the pack" % name
        elif value is not None and not TYPES[types[name]](value):
            yield "%s is not of type %s" % (path, types[name])
    if ("-s5-" in note["id"]) != sealed:
        yield "belongs to the other set"


def main():
    seen, shapes, members, bad = set(), {}, {}, 0
    for path in sorted(HERE.glob("*.ndjson")):
        pack, half = path.name.split(".")[:2]
        pack = pack.removesuffix("-notes")
        types = rows(pack)
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1):
            note = json.loads(text)
            kind = (pack, note.get("doc"))
            found = list(faults(note, half == "sealed", types))
            names, things = shape(note["indicators"])
            if names != shapes.setdefault(kind, names):
                found.append("other indicators than the pack's other notes")
            for group, thing in things:
                if thing != members.setdefault((kind, group), thing):
                    found.append("an object of %s unlike the others" % group)
            if note["id"] in seen:
                found.append("id occurs twice")
            if not note["id"].startswith(pack + "-"):
                found.append("id is of another pack")
            seen.add(note["id"])
            bad += len(found)
            for fault in found:
                print("%s:%d: %s" % (path.name, line, fault),
                      file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
