#!/usr/bin/env python3
"""watch-peer FILE: the three rules of scripts/bench-qc over one stream of
samples, as a script would do it with a deque a series."""
import json
import sys
from collections import defaultdict, deque
from datetime import datetime

windows, since, last, states = defaultdict(deque), {}, {}, {}


def tell(rule, key, time, on):
    if states.get((rule, key), False) != on:
        states[rule, key] = on
        print(json.dumps({"state": "open" if on else "closed", "rule": rule, "series": key, "at": time.isoformat()}))


with open(sys.argv[1], encoding="utf-8") as f:
    for line in f:
        r = json.loads(line)
        time, key, value = datetime.fromisoformat(r["time"].replace("Z", "+00:00")), (r["bed"], r["item"]), r["value"]
        window = windows[key]
        window.append((time, value))
        while (time - window[0][0]).total_seconds() >= 300:
            window.popleft()
        mean = sum(v for _, v in window) / len(window)
        tell("MEAN", key, time, not 60 <= mean <= 100)
        tell("STEP", key, time, any(abs(value - v) > 40 for t, v in window if (time - t).total_seconds() <= 10))
        if value < 60:
            since.setdefault(key, time)
        else:
            since.pop(key, None)
        tell("HOLD", key, time, key in since and (time - since[key]).total_seconds() >= 60)
