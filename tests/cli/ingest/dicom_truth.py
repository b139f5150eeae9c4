"""What pydicom says of a header, in the shape of mdx-record(5)."""
import math
import struct

import pydicom
from pydicom.datadict import keyword_for_tag
from pydicom.dataelem import RawDataElement
from pydicom.filewriter import correct_ambiguous_vr

TEXT = 'AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT'.split()
NUMBERS = 'FD FL SL SS SV UL US UV'.split()
ONE = 'LT ST UT UR'.split()


def word(value):
    spelt = getattr(value, 'original_string', None)
    return str(value if not isinstance(spelt, str) else spelt).strip(' \0')


def listed(value):
    many = isinstance(value, (list, pydicom.multival.MultiValue))
    return list(value) if many else [value]


def shape(values):
    return values[0] if len(values) == 1 else values


def key_of(tag):
    name = keyword_for_tag(tag)
    repeats = tag.group >> 8 in (0x50, 0x60) and tag.group & 0xFF
    return '%08X' % tag if tag.is_private or repeats or not name else name


def value_of(element):
    """None for what has no place in a record, in a list of one."""
    value = element.value
    if element.VR == 'SQ':
        return [truth(item, True) for item in value]
    if element.VR == 'AT':
        return shape(['%08X' % v for v in listed(value)]) \
            if value not in (None, '', []) else 'null'
    if element.VR in NUMBERS:
        return 'null' if value is None or value == '' else \
            shape(listed(value))
    if element.VR not in TEXT:
        return None
    if value is None:
        return ''
    if element.VR in ONE:
        return word(value)
    return shape([word(v) for v in listed(value)]) if listed(value) else ''


def truth(data, private):
    """Of a data set read with stop_before_pixels; UN of others is left out."""
    raws = {tag: data.get_item(tag) for tag in data.keys()}
    correct_ambiguous_vr(data, data.is_little_endian is not False)
    all_of = {}
    for tag, raw in raws.items():
        tag = pydicom.tag.Tag(tag)
        if tag.element == 0 or tag >= 0x7FE00000:
            continue
        if tag.is_private and (not private or (
                isinstance(raw, RawDataElement) and
                raw.VR in (None, 'UN') and not tag.is_private_creator)):
            continue
        value = value_of(data[tag])
        if value is not None:
            all_of[key_of(tag)] = value
    return all_of


def single(a):
    return struct.unpack('<f', struct.pack('<f', a))[0]


def same_number(a, b):
    if a is None:
        return b == 'null' or not math.isfinite(b)
    return a == b or (isinstance(b, float) and abs(b) < 3e38 and
                      single(a) == b)


def differences(got, want, path=''):
    """Paths of what differs; numbers of a single float by their own width."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key in sorted(set(got) | set(want)):
            at = path + '/' + key
            if key not in got:
                yield at, 'lacks', want[key]
            elif key not in want:
                yield at, 'has', got[key]
            else:
                yield from differences(got[key], want[key], at)
    elif isinstance(want, list) and isinstance(got, list) and \
            len(want) == len(got):
        for i, pair in enumerate(zip(got, want)):
            yield from differences(*pair, '%s[%d]' % (path, i))
    elif isinstance(got, str) and isinstance(want, str):
        # pydicom drops the sign behind which no group of a name comes.
        if want not in (got.strip(' \0'), got.strip(' \0').rstrip('=')):
            yield path, got, want
    elif isinstance(want, (int, float)) or want == 'null':
        if isinstance(got, (str, list)) or not same_number(got, want):
            yield path, got, want
    else:
        yield path, got, want


def count(value):
    """Texts and numbers in it."""
    if isinstance(value, dict):
        return sum(map(count, value.values()))
    return sum(map(count, value)) if isinstance(value, list) else 1
