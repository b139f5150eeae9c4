"""What mdx-ingest says of the folder w, against w/truth.json."""
import json
import subprocess
from fractions import Fraction

import wfdb_files


def ingest(record, window):
    done = subprocess.run(['mdx-ingest', '--samples', window,
                           f'w/{record}.hea'], stdout=subprocess.PIPE)
    return [json.loads(line, parse_float=Fraction, parse_int=Fraction)
            for line in done.stdout.splitlines()][1:]


def check_offset(record, r, fmt):
    """The bytes of a record of three signals, unpacked with the packer."""
    src = r['_mdx']['src']
    data = open(f'w/{src["member"][0]}', 'rb').read()
    cut = data[int(src['offset'][0]):int(src['offset'][1])]
    first = int(Fraction(r['t']) * 10) * 3
    values = [[None if v is None else v * Fraction(t['gain']) + t['baseline']
               for v in r[label]]
              for label, t in truth[record].items()]
    low = -(1 << wfdb_files.BITS[fmt] - 1)
    digital = [low if t[i] is None else int(t[i])
               for i in range(len(values[0])) for t in values]
    # What stands before them in their unit of two or three samples.
    unit = {212: 2, 310: 3, 311: 3}.get(fmt, 1)
    packed = wfdb_files.pack(fmt, [0] * (first % unit) + digital)
    skip = 4 if first % unit else 0
    tail = 4 if (first + len(digital)) % unit else 0
    assert cut[skip:len(packed) - tail] == packed[skip:len(packed) - tail], r
    assert abs(len(cut) - len(packed)) <= 3


truth = json.load(open('w/truth.json'))
count = nulls = cuts = 0
for record, signals in truth.items():
    for window in ('0.3', '1', '60'):
        got = {}
        for r in ingest(record, window):
            for label in signals:
                if label in r:
                    assert r['rate'] == signals[label]['rate'], r
                    got.setdefault(label, []).extend(r[label])
            if record[0] == 'f' and record != 'f8':
                check_offset(record, r, int(record[1:]))
                cuts += 1
        for label, t in signals.items():
            step = 1 / Fraction(t['gain'])
            assert len(got[label]) == len(t['values']), (record, label)
            for value, digital in zip(got[label], t['values']):
                if digital is None:
                    assert value is None, (record, label)
                    nulls += 1
                    continue
                assert value == (digital - t['baseline']) * step, \
                    (record, label, value, digital)
                count += 1
print(count, 'values,', nulls, 'nulls,', cuts, 'records cut back')
