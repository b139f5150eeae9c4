"""Mutated JSON documents through Python's json and through our scanner.

usage: scan.py DRIVER SEED COUNT
"""
import json
import random
import struct
import subprocess
import sys

PIECES = [b'"', b'\\', b'{', b'}', b'[', b']', b',', b':', b' ', b'\n', b'\t',
          b'\x00', b'\x0b', b'\x1f', b'\x7f', b'0', b'1', b'-', b'+', b'.',
          b'e', b'E', b'true', b'false', b'null', b'NaN', b'Infinity',
          b'\\u', b'\\u0061', b'\\ud83d', b'\\ude00', b'\\n', b'\\/', b'\\x',
          b'\x80', b'\xc2', b'\xc0\x80', b'\xe8\xa1\x80', b'\xe0\x80\x80',
          b'\xed\xa0\x80', b'\xef\xbb\xbf', b'\xf0\x9f\x98\x80',
          b'\xf4\x90\x80\x80', b'\xff', '血糖'.encode(), b'0.10', b'1e400',
          b'""', b'{}', b'[]', b',"a":1', b'"id":', b'                ']
NAMES = ['id', 'a', 'b', 'test', '血糖', '', 'a"b', 'tab\tbed', '\U0001f600',
         'exactly_15_char', 'exactly_16_chars', 'much longer than 16 bytes']


class Number(str):
    """A number by its spelling."""


def refuse(name):
    raise ValueError(name)


def python_reads(data):
    """The value as the driver prints it, `-` where Python refuses."""
    try:
        return dump(json.loads(data.decode('utf-8'), parse_int=Number,
                               parse_float=Number, parse_constant=refuse,
                               object_pairs_hook=tuple), top=True)
    except (ValueError, RecursionError):
        return '-'


def text(s):
    whole = ''.join('\ufffd' if 0xd800 <= ord(c) < 0xe000 else c for c in s)
    return whole.encode().hex()


def dump(v, top=False):
    if isinstance(v, Number):
        return str(v)
    if isinstance(v, str):
        return '"' + text(v)
    if isinstance(v, list):
        return '[' + ''.join(dump(x) + ',' for x in v) + ']'
    if isinstance(v, tuple):
        seen, parts = set(), []
        for key, x in v:
            again = top and text(key) in seen
            seen.add(text(key))
            parts.append(f"{'!' if again else ''}{text(key)}:{dump(x)},")
        return '{' + ''.join(parts) + '}'
    return {None: 'null', True: 'true', False: 'false'}[v]


def value(rng, depth):
    kind = rng.randrange(10 if depth < 4 else 6)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind in (1, 2):
        return rng.choice([0, -1, 10**20, 0.5, -2.5e-300, 1e22,
                           rng.randrange(10**9), rng.random()])
    if kind < 6:
        alphabet = rng.choice(['ab c', '血糖甲状腺', 'aé血😀"\\\n/', '\ud800a'])
        return ''.join(rng.choice(alphabet) for _ in range(rng.randrange(40)))
    if kind < 8:
        return [value(rng, depth + 1) for _ in range(rng.randrange(5))]
    return {rng.choice(NAMES): value(rng, depth + 1)
            for _ in range(rng.randrange(6))}


def document(rng):
    v = value(rng, 0)
    if rng.random() < 0.7:
        v = {rng.choice(NAMES): value(rng, 1) for _ in range(rng.randrange(8))}
    s = json.dumps(v, ensure_ascii=rng.random() < 0.5 or '\ud800' in repr(v),
                   indent=rng.choice([None, None, None, 1]),
                   separators=rng.choice([None, (',', ':')]))
    data = bytearray(s.encode('utf-8', 'replace'))
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3, 8])):
        at = rng.randrange(len(data) + 1)
        end = at + rng.choice([0, 0, 1, 1, 2, 5])
        data[at:end] = rng.choice([b'', rng.choice(PIECES),
                                   rng.choice(PIECES),
                                   bytes([rng.randrange(256)])])
    if rng.random() < 0.1:
        del data[rng.randrange(len(data) + 1):]
    return bytes(data)


def main():
    driver, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(seed)
    documents = [document(rng) for _ in range(count)]
    stream = b''.join(struct.pack('<I', len(d)) + d for d in documents)
    run = subprocess.run([driver], input=stream, stdout=subprocess.PIPE,
                         check=False)
    lines = run.stdout.decode().split('\n')
    wrong = accepted = 0
    for data, got in zip(documents, lines):
        want = python_reads(data)
        accepted += want != '-'
        if got != want:
            wrong += 1
            if wrong <= 5:
                print(f'{data!r}\n  python: {want}\n  scan:   {got}')
    if run.returncode != 0 or len(lines) != count + 1:
        print(f'the driver ended with {run.returncode} after {len(lines)}')
        wrong += 1
    print(f'seed {seed}: {count} documents, {accepted} of them valid')
    name = 'scan-against-python'
    print(f'{name}: {int(wrong == 0)} passed, {int(wrong > 0)} failed, '
          '0 skipped')
    return wrong > 0


sys.exit(main())
