"""Writes WFDB records in every format that is read, with a seed.

wfdb_files.py FOLDER: by the published description of the formats alone; what
is in each record also goes to FOLDER/truth.json, as whole numbers and null.
"""
import json
import random
import sys

BITS = {8: 8, 16: 16, 24: 24, 32: 32, 61: 16, 80: 8, 160: 16, 212: 12,
        310: 10, 311: 10}


def groups(samples, n):
    samples = samples + [0] * (-len(samples) % n)
    return [samples[i:i + n] for i in range(0, len(samples), n)]


def pack(fmt, samples, initial=(0,), frame=1):
    """The bytes of samples in the order of the file."""
    out = b''
    if fmt == 8:
        last = list(initial)
        for i, v in enumerate(samples):
            k = i % frame
            out += (v - last[k]).to_bytes(1, 'little', signed=True)
            last[k] = v
    elif fmt in (16, 24, 32):
        for v in samples:
            out += v.to_bytes(fmt // 8, 'little', signed=True)
    elif fmt == 61:
        for v in samples:
            out += v.to_bytes(2, 'big', signed=True)
    elif fmt in (80, 160):
        for v in samples:
            out += (v + (1 << BITS[fmt] - 1)).to_bytes(fmt // 80, 'little')
    elif fmt == 212:
        for a, b in groups(samples, 2):
            a, b = a & 0xFFF, b & 0xFFF
            out += bytes((a & 0xFF, a >> 8 | b >> 8 << 4, b & 0xFF))
        if len(samples) % 2:
            out = out[:-1]
    elif fmt == 310:
        for a, b, c in groups(samples, 3):
            a, b, c = a & 0x3FF, b & 0x3FF, c & 0x3FF
            out += (a << 1 | (c & 0x1F) << 11).to_bytes(2, 'little')
            out += (b << 1 | c >> 5 << 11).to_bytes(2, 'little')
    elif fmt == 311:
        for a, b, c in groups(samples, 3):
            a, b, c = a & 0x3FF, b & 0x3FF, c & 0x3FF
            out += (a | b << 10 | c << 20).to_bytes(4, 'little')
    return out


def values(r, fmt, n):
    top = 1 << BITS[fmt] - 1
    if fmt == 8:
        v, out = 0, []
        for _ in range(n):
            v += r.randint(-120, 120)
            out.append(v)
        return out
    return [r.choice((-top, -top + 1, top - 1, 0, r.randint(-top, top - 1)))
            for _ in range(n)]


def words(*pairs):
    return b''.join((k << 10 | t).to_bytes(2, 'little') for k, t in pairs)


def annotations():
    """N at 18, a rhythm with text, one far behind, its channel and subtype."""
    out = words((1, 18), (28, 59), (63, 3)) + b'(N\0\0'
    out += words((59, 0)) + (70000 >> 16).to_bytes(2, 'little') + \
        (70000 & 0xFFFF).to_bytes(2, 'little')
    out += words((5, 1), (61, 3), (62, 1), (60, 0xFE))
    text = '室早'.encode('gbk')
    return out + words((22, 1000), (63, len(text))) + text + words((0, 0))


class Folder:
    def __init__(self, path):
        self.path, self.truth = path, {}

    def put(self, name, data):
        mode = 'w' if isinstance(data, str) else 'wb'
        with open(f'{self.path}/{name}', mode) as f:
            f.write(data)

    def note(self, record, label, rate, gain, baseline, samples, missing=None):
        self.truth.setdefault(record, {})[label] = {
            'rate': rate, 'gain': gain, 'baseline': baseline,
            'values': [None if v == missing else v for v in samples]}


def every_format(f, r):
    """Three signals of one file, 25 frames; an odd number of samples."""
    for fmt in BITS:
        name, n = f'f{fmt}', 25
        missing = None if fmt == 8 else -(1 << BITS[fmt] - 1)
        tracks = [values(r, fmt, n) for _ in range(3)]
        first = [r.randint(-5, 5) for _ in range(3)]
        samples = [t[i] for i in range(n) for t in tracks]
        lines = [f'{name} 3 10 {n}']
        for k, label in enumerate(('I', 'II', 'ABP')):
            gain = ('200', '12.5', '1024')[k]
            lines.append(f'{name}.dat {fmt} {gain}({k * 7 - 3})/mV '
                         f'{min(BITS[fmt], 16)} 0 {first[k]} 0 0 {label}')
            f.note(name, label, '10', gain, k * 7 - 3, tracks[k], missing)
        f.put(name + '.hea', '\n'.join(lines) + '\n')
        f.put(name + '.dat', pack(fmt, samples, first, 3))


def several_files(f, r):
    """Two files, frames of several samples, an offset, a skew, comments."""
    a, b = values(r, 16, 40), values(r, 16, 10)
    c = values(r, 212, 13)
    f.put('multi.hea', '# 患者: 65 岁\r\nmulti 3 2.5/1000(12.5) 10 9:8:7.5 '
          '24/01/2020\r\nmulti.dat 16x4+6 200/mV 12 0 0 0 0 ECG lead II\r\n'
          'multi.dat 16x1+6 2(10)/mmHg 0 0 0 0 0 ABP\r\n'
          'resp.dat 212:3 0 12 100 0 0 0 \r\n#Diagnosis: none\r\n')
    frames = [v for i in range(10) for v in a[4 * i:4 * i + 4] + [b[i]]]
    f.put('multi.dat', b'prolog' + pack(16, frames))
    f.put('resp.dat', pack(212, c) + b'behind')
    f.note('multi', 'ECG lead II', '10', '200', 0, a, -32768)
    f.note('multi', 'ABP', '2.5', '2', 10, b, -32768)
    f.note('multi', 'signal_3', '2.5', '200', 100,
           [-2048 if v == -2048 else v for v in c[3:]], -2048)


def segments(f, r):
    """Two segments with a gap between them and a layout before."""
    a, b = values(r, 16, 20), values(r, 16, 30)
    f.put('seg.hea', 'seg/4 1 10 100\nseg_layout 0\nseg_1 20\n~ 50\n'
          'seg_2 30\n')
    f.put('seg_layout.hea', 'seg_layout 1 10 0\n~ 0 100/mV 16 0 0 0 0 II\n')
    for name, v in (('seg_1', a), ('seg_2', b)):
        f.put(name + '.hea', f'{name} 1 10 {len(v)}\n'
              f'{name}.dat 16 100/mV 16 0 0 0 0 II\n')
        f.put(name + '.dat', pack(16, v))
    f.note('seg', 'II', '10', '100', 0, a + b, -32768)


def main(path):
    f, r = Folder(path), random.Random(61)
    every_format(f, r)
    several_files(f, r)
    segments(f, r)
    f.put('f212.atr', annotations())
    f.put('bad.hea', 'bad 2 360 100\nbad.dat 16\n')
    f.put('climb.hea', 'climb 1 360 2\n../f16.dat 16 200 16 0 0 0 0 II\n')
    f.put('flac.hea', 'flac 1 360 2\nflac.dat 516 200 16 0 0 0 0 II\n')
    f.put('lost.hea', 'lost 1 360 2\nlost.dat 16 200 16 0 0 0 0 II\n')
    f.put('cut.hea', 'cut 1 360 9\ncut.dat 16 200 16 0 0 0 0 V1\n')
    f.put('cut.dat', pack(16, [1, 2, 3, 4]))
    f.put('nobody.dat', b'\0\1\2\3')
    f.put('truth.json', json.dumps(f.truth))


if __name__ == '__main__':
    main(sys.argv[1])
