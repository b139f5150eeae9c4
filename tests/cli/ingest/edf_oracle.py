"""mdx-ingest against libedf, which writes and reads recordings, and against
fractions of whole numbers."""
import ctypes
import json
import random
import subprocess
from fractions import Fraction

import edf_files

lib = ctypes.CDLL('libedf.so.1')
ll, c = ctypes.c_longlong, ctypes.c_char
TENTH = 10_000_000  # libedf counts in 100 ns


class Signal(ctypes.Structure):
    _fields_ = [('label', c * 17), ('in_file', ll),
                ('phys_max', ctypes.c_double), ('phys_min', ctypes.c_double),
                ('dig_max', ctypes.c_int), ('dig_min', ctypes.c_int),
                ('in_record', ctypes.c_int), ('unit', c * 9),
                ('prefilter', c * 81), ('transducer', c * 81)]


class Annotation(ctypes.Structure):
    _fields_ = [('onset', ll), ('duration_l', ll), ('duration', c * 16),
                ('text', c * 513)]


class Header(ctypes.Structure):
    _fields_ = [('handle', ctypes.c_int), ('filetype', ctypes.c_int),
                ('signals', ctypes.c_int), ('duration', ll),
                ('day', ctypes.c_int), ('month', ctypes.c_int),
                ('year', ctypes.c_int), ('subsecond', ll),
                ('second', ctypes.c_int), ('minute', ctypes.c_int),
                ('hour', ctypes.c_int), ('patient', c * 81),
                ('recording', c * 81), ('patientcode', c * 81),
                ('gender', c * 16), ('birthdate', c * 16),
                ('birth', ctypes.c_int * 3), ('name', c * 81),
                ('additional', c * 81), ('admincode', c * 81),
                ('technician', c * 81), ('equipment', c * 81),
                ('more', c * 81), ('record', ll), ('records', ll),
                ('annotations', ll), ('signal', Signal * 640)]


def write(path, r, bdf):
    """A recording of libedf's own making."""
    n = r.randint(1, 5)
    top = 1 << (23 if bdf else 15)
    h = lib.edfopen_file_writeonly(path.encode(), 3 if bdf else 1, n)
    assert h >= 0, h
    rates = [r.choice((1, 5, 16, 250)) for _ in range(n)]
    for i in range(n):
        high = r.choice((1, 5.5, 3276.7, 200, 90000))
        low = r.choice((-high, 0, -7.25))
        d = sorted((r.randint(-top, -1), r.randint(0, top - 1)))
        lib.edf_set_samplefrequency(h, i, rates[i])
        lib.edf_set_physical_maximum(h, i, ctypes.c_double(high))
        lib.edf_set_physical_minimum(h, i, ctypes.c_double(low))
        lib.edf_set_digital_maximum(h, i, d[1])
        lib.edf_set_digital_minimum(h, i, d[0])
        lib.edf_set_label(h, i, b'EEG F%d' % i)
        lib.edf_set_physical_dimension(h, i, b'uV')
        lib.edf_set_prefilter(h, i, b'HP:0.1Hz')
        lib.edf_set_transducer(h, i, b'AgAgCl')
    year = r.randint(1985, 2084)
    lib.edf_set_startdatetime(h, year, r.randint(1, 12), r.randint(1, 28),
                              r.randint(0, 23), r.randint(0, 59),
                              r.randint(0, 59))
    lib.edf_set_subsecond_starttime(h, r.choice((0, 3_900_000, 9_999_000)))
    lib.edf_set_patientname(h, b'Wang')
    if r.random() < 0.5:
        lib.edf_set_datarecord_duration(h, r.choice((50000, 200000)))
    count = r.randint(1, 12)
    for _ in range(count):
        for rate in rates:
            values = (ctypes.c_int * rate)(
                *(r.randint(-top, top - 1) for _ in range(rate)))
            assert lib.edfwrite_digital_samples(h, values) == 0
    for i in range(r.randint(0, count)):
        length = r.choice((-1, 0, 5000, 123))
        lib.edfwrite_annotation_utf8(h, ll(r.randint(0, 90000)), ll(length),
                                     '事件 {}'.format(i).encode())
    assert lib.edfclose_file(h) == 0


def read(path):
    """What libedf says: the header, its values, its annotations."""
    h = Header()
    assert lib.edfopen_file_readonly(path.encode(), ctypes.byref(h), 2) == 0, \
        h.filetype
    values = []
    for i in range(h.signals):
        n = h.signal[i].in_file
        room = (ctypes.c_double * n)()
        assert lib.edfread_physical_samples(h.handle, i, n, room) == n
        values.append(list(room))
    notes = []
    for i in range(h.annotations):
        a = Annotation()
        assert lib.edf_get_annotation(h.handle, i, ctypes.byref(a)) == 0
        notes.append((a.onset, a.duration.decode(), a.text.decode()))
    lib.edfclose_file(h.handle)
    return h, values, notes


def ingest(path, *options):
    done = subprocess.run(['mdx-ingest', *options, path],
                          stdout=subprocess.PIPE, check=True)
    return [json.loads(line, parse_float=Fraction, parse_int=Fraction)
            for line in done.stdout.splitlines()]


def joined(records):
    """Samples by name; windows follow each other."""
    out = {}
    for r in records:
        for name, values in r.items():
            if name not in ('record', 't', 'rate', '_mdx'):
                out.setdefault(name, []).extend(values)
    return out


def trimmed(field):
    return field.decode().strip()


def compare(path, window):
    h, values, notes = read(path)
    head, *samples = ingest(path, '--samples', window)
    start = '{:04}-{:02}-{:02}T{:02}:{:02}:{:02}'.format(
        h.year, h.month, h.day, h.hour, h.minute, h.second)
    if h.subsecond:
        start += '.' + '{:07}'.format(h.subsecond).rstrip('0')
    assert head['start'] == start, (head['start'], start)
    assert Fraction(head['duration']) == Fraction(h.duration, TENTH)
    assert len(head['signals']) == h.signals
    for i, s in enumerate(head['signals']):
        o = h.signal[i]
        assert s['label'] == trimmed(o.label), s
        assert s['unit'] == trimmed(o.unit) and \
            s['prefilter'] == trimmed(o.prefilter) and \
            s['transducer'] == trimmed(o.transducer), s
        assert [float(x) for x in s['physical']] == [o.phys_min, o.phys_max]
        assert [int(x) for x in s['digital']] == [o.dig_min, o.dig_max]
        rate = Fraction(o.in_record * TENTH, h.record)
        assert abs(Fraction(s['rate']) - rate) <= rate / 10 ** 14
    got = sorted((Fraction(a['onset']) * TENTH, a.get('duration', ''),
                  a['text']) for a in head.get('annotations', []))
    assert got == sorted(notes), (got, notes)
    for theirs, s in zip(values, h.signal):
        ours = joined(samples)[trimmed(s.label)]
        step = (s.phys_max - s.phys_min) / (s.dig_max - s.dig_min)
        assert len(ours) == len(theirs)
        for a, b in zip(ours, theirs):
            assert abs(float(a) - b) <= abs(step) / 1900 + 1e-9, (a, b)
    return len(notes), sum(map(len, values))


def exactly(name):
    """Our own files: rounding by the fraction, and the offsets."""
    truth = json.load(open(name + '.json'))
    data = open(name, 'rb').read()
    size = 3 if name.endswith('.bdf') else 2
    n = 0
    for window in ('0.3', '1', '2.5'):
        head, *samples = ingest(name, '--samples', window)
        got = list(joined(samples).values())
        for values, s in zip(got, truth['signals']):
            p = [Fraction(x) for x in s['physical']]
            d = [int(x) for x in s['digital']]
            step = (p[1] - p[0]) / (d[1] - d[0])
            assert len(values) == len(s['values'])
            for value, digital in zip(values, s['values']):
                exact = (digital - d[0]) * step + p[0]
                assert abs(value - exact) <= step / 2000, (value, exact)
                n += 1
        for r in samples:
            src = r['_mdx']['src']
            cut = data[int(src['offset'][0]):int(src['offset'][1])]
            for label, values in list(r.items())[3:-1]:
                i = list(joined(samples)).index(label)
                each = [s['samples'] for s in truth['signals']]
                record = sum(each) * size
                if 'annotations' in head:
                    record = (len(data) - int(head['_mdx']['src']['offset'][1])
                              ) // truth['records']
                assert len(cut) % record == 0
                at = sum(each[:i]) * size
                held = [cut[k + at + j * size:k + at + j * size + size]
                        for k in range(0, len(cut), record)
                        for j in range(each[i])]
                s = truth['signals'][i]
                p = [Fraction(x) for x in s['physical']]
                d = [int(x) for x in s['digital']]
                step = (p[1] - p[0]) / (d[1] - d[0])
                held = [(int.from_bytes(x, 'little', signed=True) - d[0])
                        * step + p[0] for x in held]
                assert any(all(abs(a - b) <= step / 2000 for a, b in
                               zip(values, held[k:k + len(values)]))
                           for k in range(len(held) - len(values) + 1)), r
    return n


def main():
    r = random.Random(20241124)
    notes = values = 0
    for run in range(40):
        bdf = run % 2 == 1
        path = f'o{run}.' + ('bdf' if bdf else 'edf')
        write(path, r, bdf)
        a, b = compare(path, r.choice(('0.1', '0.25', '1', '3', '60')))
        notes += a
        values += b
    print('libedf:', notes, 'annotations,', values, 'values')
    edf_files.main('.')
    print('exact:', sum(map(exactly, ('ecg.edf', 'eeg.edf', 'gap.edf',
                                      'open.bdf'))), 'values')


main()
