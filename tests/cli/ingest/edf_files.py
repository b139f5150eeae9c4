"""Writes EDF and BDF files, plain and +, whole and damaged, with a seed.

edf_files.py FOLDER: by the published description of the format alone; what is
in each file also goes to FOLDER/NAME.json, as whole numbers.
"""
import json
import random
import sys


def text(value, width):
    data = value if isinstance(value, bytes) else value.encode()
    assert len(data) <= width, value
    return data.ljust(width)


def tal(onset, *texts, duration=None):
    head = onset.encode()
    if duration is not None:
        head += b'\x15' + duration.encode()
    return head + b'\x14' + b''.join(
        (t if isinstance(t, bytes) else t.encode()) + b'\x14'
        for t in texts) + b'\0'


class Recording:
    def __init__(self, bdf=False, kind='', records=4, seconds='1',
                 patient='X X X X', recording='', date='24.01.20',
                 time='04.05.56', stated=None):
        self.bdf, self.kind, self.records = bdf, kind, records
        self.seconds, self.stated = seconds, stated
        self.fixed = (patient, recording, date, time)
        self.signals, self.tals = [], None

    def signal(self, label, unit, physical, digital, samples, values,
               prefilter='', transducer=''):
        self.signals.append((label, transducer, unit, *physical, *digital,
                             prefilter, samples, values))

    def annotations(self, tals, width=60):
        """tals: the bytes of each data record."""
        name = 'BDF Annotations' if self.bdf else 'EDF Annotations'
        size = 3 if self.bdf else 2
        top = 8388607 if self.bdf else 32767
        self.signals.append((name, '', '', '-1', '1', str(-top - 1), str(top),
                             '', -(-width // size), tals))

    def bytes(self):
        patient, recording, date, time = self.fixed
        stated = self.records if self.stated is None else self.stated
        n = len(self.signals)
        size = 3 if self.bdf else 2
        out = b'\xffBIOSEMI' if self.bdf else text('0', 8)
        out += text(patient, 80) + text(recording, 80)
        out += text(date, 8) + text(time, 8) + text(str(256 * (n + 1)), 8)
        kind = self.kind or ('24BIT' if self.bdf else '')
        out += text(kind, 44) + text(str(stated), 8)
        out += text(self.seconds, 8) + text(str(n), 4)
        for at, width in enumerate((16, 80, 8, 8, 8, 8, 8, 80, 8)):
            for s in self.signals:
                out += text(s[at] if isinstance(s[at], bytes) else str(s[at]),
                            width)
        out += b' ' * 32 * n
        for r in range(self.records):
            for s in self.signals:
                each, values = s[8], s[9]
                if values and isinstance(values[0], bytes):
                    out += values[r].ljust(each * size, b'\0')
                    continue
                for v in values[r * each:(r + 1) * each]:
                    out += (v & (1 << 8 * size) - 1).to_bytes(size, 'little')
        return out


def noise(r, n, low, high):
    return [r.choice((low, high, 0, r.randint(low, high))) for _ in range(n)]


def write(folder, name, rec, data=None):
    with open(f'{folder}/{name}', 'wb') as f:
        f.write(rec.bytes() if data is None else data)
    rows = [{'label': s[0] if isinstance(s[0], str) else None,
             'physical': s[3:5], 'digital': s[5:7], 'samples': s[8],
             'values': s[9]} for s in rec.signals
            if isinstance(s[0], bytes) or not s[0].endswith('Annotations')]
    with open(f'{folder}/{name}.json', 'w') as f:
        json.dump({'seconds': rec.seconds, 'records': rec.records,
                   'signals': rows}, f)


def main(folder):
    r = random.Random(37)
    ecg = Recording(records=5, patient='0001234 M 01-JAN-1950 王',
                    recording='Startdate X X X X')
    ecg.signal('ECG II', 'mV', ('-10', '10'), ('-32768', '32767'), 8,
               noise(r, 40, -32768, 32767), 'HP:0.05Hz LP:150Hz', 'electrode')
    ecg.signal('ABP', 'mmHg', ('-100', '100'), ('-2048', '2047'), 2,
               noise(r, 10, -2048, 2047))
    write(folder, 'ecg.edf', ecg)

    eeg = Recording(kind='EDF+C', records=6, seconds='0.5',
                    recording='Startdate 24-JAN-2020 EEG-7 tech amp')
    for label in ('EEG Fp1-Ref', 'EEG Fp1-Ref', 't', ''):
        eeg.signal(label, 'uV', ('-3200', '3200.5'), ('-32768', '32767'), 4,
                   noise(r, 24, -32768, 32767))
    eeg.annotations([
        tal(f'+{0.39 + i / 2:g}', '') + (
            tal('+0.89', '睁眼', 'eyes open', duration='1.5') if i == 1 else
            tal('+2.14', '闭眼'.encode('gbk')) if i == 3 else b'')
        for i in range(6)])
    write(folder, 'eeg.edf', eeg)

    gap = Recording(kind='EDF+D', records=4, date='yy.yy.yy',
                    recording='Startdate 02-MAR-2085 X X X')
    gap.signal('Pleth', '', ('0', '1'), ('0', '255'), 2,
               noise(r, 8, 0, 255))
    gap.annotations([tal(o, '') for o in ('+0', '+1', '+10.5', '+11.5')])
    write(folder, 'gap.edf', gap)

    bdf = Recording(bdf=True, kind='BDF+C', records=3, seconds='2',
                    stated=-1)
    bdf.signal('C3', 'uV', ('-262144', '262143'), ('-8388608', '8388607'), 5,
               noise(r, 15, -8388608, 8388607))
    bdf.annotations([tal(f'+{2 * i}', '') for i in range(3)])
    write(folder, 'open.bdf', bdf)

    gbk = Recording(records=2, patient='住院号001 张三'.encode('gbk'),
                    recording='心电图室'.encode('gbk'), date='03/02/99')
    gbk.signal('心电'.encode('gbk'), b'\xb5V', ('-5', '5'), ('-128', '127'),
               3, noise(r, 6, -128, 127))
    write(folder, 'gbk.edf', gbk)
    write(folder, 'cut.edf', ecg, ecg.bytes()[:-45])
    write(folder, 'short.edf', ecg, ecg.bytes()[:700])
    bad = bytearray(ecg.bytes())
    bad[252:256] = b'many'
    write(folder, 'bad.edf', ecg, bytes(bad))


if __name__ == '__main__':
    main(sys.argv[1])
