"""Tables whose truth is known, in every dialect and encoding.

tables.py COUNT [SEED]: makes COUNT tables, runs mdx-ingest over each (plain
and within archives) and holds it against what was written: every value, every
offset (the bytes that it cuts out are those of the row), the encoding and the
number of records, rejects and skips.  Prints what was compared.
"""
import gzip
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import zipfile

HAN = '血糖肌酐白细胞计数阳性阴性女男王小明欧阳头痛偏头痛贫血乙肝表面抗原一丁'
RARE = '㐀㐁𠀀𠀁'
KANJI = '王一丁白血'
DELIMITERS = ',\t;|^\x01'

ENCODINGS = {  # name: (codec, mark, option, letters)
    'utf-8': ('utf-8', b'', None, HAN + RARE + '€é'),
    'utf-8 marked': ('utf-8', b'\xef\xbb\xbf', None, HAN + RARE + '€é'),
    'gb18030': ('gb18030', b'', None, HAN + RARE),
    'euro': ('euro', b'', None, HAN + '€€€'),
    'gbk': ('gbk', b'', 'gbk', HAN),
    'gb2312': ('gb2312', b'', 'GB2312', HAN),
    'mixed': ('mixed', b'', None, HAN),
    'utf-16le': ('utf-16-le', b'', None, HAN + RARE + '€é'),
    'utf-16be': ('utf-16-be', b'', None, HAN + RARE + '€é'),
    'utf-16le marked': ('utf-16-le', b'\xff\xfe', None, HAN + RARE),
    'utf-16be marked': ('utf-16-be', b'\xfe\xff', None, HAN + RARE),
    'utf-32le marked': ('utf-32-le', b'\xff\xfe\0\0', None, HAN + RARE),
    'big5': ('big5', b'', 'big5', '功許蓋血一王'),  # trail bytes \ and |
    'shift_jis': ('cp932', b'', 'cp932', KANJI + 'ソ能表'),
    'euc-kr': ('euc-kr', b'', 'euc-kr', '혈당王一'),
}


def encode(text, codec):
    if codec == 'euro':
        return b'\x80'.join(p.encode('gb18030') for p in text.split('€'))
    return text.encode(codec)


def is_utf8(data):
    try:
        data.decode('utf-8')
        return True
    except UnicodeDecodeError:
        return False


class Table:
    """One table: its bytes, the options that it needs, and its truth."""

    def __init__(self, seed):
        self.r = r = random.Random(seed)
        self.name = r.choice(sorted(ENCODINGS))
        self.codec, self.mark, option, self.letters = ENCODINGS[self.name]
        self.delimiter = r.choice(DELIMITERS)
        self.quote = r.choice('""""\'-').replace('-', '')
        self.ends = r.choice((['\n'], ['\r\n'], ['\r'],
                              ['\n', '\r\n', '\r']))
        self.columns = r.randint(2, 9)
        if self.delimiter == ',' and r.random() < 0.2:
            self.columns = 1
        self.comment = r.random() < 0.2
        self.skip = r.randint(1, 3) if r.random() < 0.2 else 0
        self.null = r.random() < 0.2
        self.options = ['--encoding', option] if option else []
        if self.quote != '"':
            self.options += ['--quote', self.quote or 'none']
        if self.comment:
            self.options += ['--comment', '#']
        if self.skip:
            self.options += ['--skip-lines', str(self.skip)]
        if self.null:
            self.options += ['--null', 'NULL']
        if r.random() < 0.3:
            self.options += ['--delimiter', self.delimiter]
        self.data = bytearray(self.mark)
        self.rows = []  # values, bytes, from, to, encoding
        self.rejects = 0
        self.skips = {}
        self.skipped('bom', len(self.mark) > 0)
        self.fill()
        if self.rejects and '--delimiter' not in self.options:
            # It is told by rows of one width, of which too few are left.
            self.options += ['--delimiter', self.delimiter]

    def skipped(self, what, n=1):
        if n:
            self.skips[what] = self.skips.get(what, 0) + n

    def codec_of_row(self):
        if self.codec != 'mixed':
            return self.codec
        return self.r.choice(('utf-8', 'gb18030'))

    def line(self, text, codec=None, end=None):
        """Writes a line; returns its bytes and where they stand."""
        raw = encode(text, codec or self.codec_of_row())
        start = len(self.data)
        end = self.r.choice(self.ends) if end is None else end
        self.last_end = end
        kind = self.codec if self.codec not in ('mixed', 'euro') else 'ascii'
        self.data += raw + end.encode(kind)
        return raw, start, start + len(raw)

    def value(self):
        r = self.r
        if r.random() < 0.1:
            return 'NULL' if self.null else ''
        letters = self.letters * 2 + 'ab0019.-/\\ {}[]:%#'
        if self.quote:
            letters += self.quote + '",;|^\t' + self.delimiter
            if r.random() < 0.2:
                letters += '\r\n'
        else:
            letters += '"\''
        text = ''.join(r.choice(letters) for _ in range(r.randint(0, 12)))
        if not self.quote:
            text = text.replace(self.delimiter, '')
        return text

    def field(self, value, first, alone):
        r, q = self.r, self.quote
        if not q:
            return value.lstrip('#') if first and self.comment else value
        must = any(c in value for c in (self.delimiter, '\r', '\n')) or \
            value.startswith(q) or (alone and not value.strip()) or \
            (first and value.startswith('#'))
        if must or r.random() < 0.3:
            return q + value.replace(q, q + q) + q
        return value  # quotes within it are bare, and data

    def fill(self):
        r = self.r
        for _ in range(self.skip):
            self.line('导出 "报表' if self.codec in ('utf-8', 'gb18030')
                      else 'a "title')
            self.skipped('skipped_line')
        han = self.letters[:4]
        self.names = [f'{han}{i}' for i in range(self.columns)]
        self.line(self.delimiter.join(self.names))
        self.skipped('header')
        for _ in range(r.randint(5, 60)):
            what = r.random()
            if what < 0.03 and self.comment:
                self.line('# note "' + self.letters[:3])
                self.skipped('comment')
            elif what < 0.06 and self.columns > 1 and self.last_end != '\r':
                self.line(r.choice(('', '  ')) if self.delimiter != ' '
                          else '')
                self.skipped('blank_line')
            elif what < 0.09 and self.columns > 1:
                self.line(self.delimiter.join(['1'] * (self.columns + 1)))
                self.rejects += 1
            elif what < 0.11 and self.quote and self.columns > 1:
                # An open quote whose end is no end costs this line alone.
                q = self.quote
                self.line(f'1{self.delimiter}{q}open', end='\n')
                self.line(q + '1' + q + f'x{self.delimiter}2', end='\n')
                self.rejects += 2
            else:
                self.add_row()

    def add_row(self):
        values = [self.value() for _ in range(self.columns)]
        if not self.quote and self.comment:
            values[0] = values[0].lstrip('#')
        if not self.quote and self.columns == 1 and not values[0].strip():
            values[0] = 'x'
        text = self.delimiter.join(
            self.field(v, i == 0, self.columns == 1)
            for i, v in enumerate(values))
        codec = self.codec_of_row()
        if self.codec == 'mixed':
            # What is valid in both by chance is nobody's to tell.
            raw = text.encode(codec)
            if codec == 'gb18030' and is_utf8(raw):
                codec = 'utf-8'
        raw, start, end = self.line(text, codec)
        said = codec if max(raw, default=0) >= 0x80 else None
        self.rows.append((values, raw, start, end, said))

    def check(self, out, place):
        """What mdx-ingest wrote, against the truth."""
        records = [json.loads(s) for s in out.decode('utf-8').splitlines()]
        where = (place, self.name, self.options, self.delimiter)
        assert len(records) == len(self.rows), (where, len(records),
                                                len(self.rows))
        values = 0
        for record, (want, raw, start, end, said) in zip(records, self.rows):
            src = record.pop('_mdx')['src']
            if self.null:
                want = [None if v == 'NULL' else v for v in want]
            assert list(record) == self.names, where
            assert list(record.values()) == want, (where, record, want)
            assert src['offset'] == [start, end], (where, src, start, end)
            assert bytes(self.data[start:end]) == raw
            if said in ('utf-8', 'gb18030'):
                assert src['encoding'] == said, (where, src, raw)
            values += len(want)
        return values


def gzipped(name, data):
    return name + '.gz', gzip.compress(data, mtime=0)


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr(name, data)
    return name + '.zip', out.getvalue()


def tarred(name, data):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w:gz') as t:
        info = tarfile.TarInfo('folder/' + name)
        info.size = len(data)
        t.addfile(info, io.BytesIO(data))
    return name + '.tar.gz', out.getvalue()


def run(table, wraps):
    name, data = 't.csv', bytes(table.data)
    for wrap in wraps:
        name, data = wrap(name, data)
    with open(name, 'wb') as f:
        f.write(data)
    done = subprocess.run(
        ['mdx-ingest', name, '--report', 'report', '--manifest', 'manifest',
         *table.options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    report = json.load(open('report', encoding='utf-8'))
    lines = [json.loads(s) for s in open('manifest', encoding='utf-8')]
    assert done.returncode == (1 if table.rejects else 0), (done.returncode,
                                                            table.options)
    assert report['set_aside'] == table.rejects, (report, table.rejects,
                                                  table.options, table.name)
    skips = {k: v for k, v in lines[0]['skipped'].items()}
    assert skips == table.skips, (skips, table.skips, table.options)
    assert lines[0]['bytes'] == len(table.data)
    assert sum(lines[0]['bytes_of'].values()) == len(table.data)
    os.unlink(name)
    return table.check(done.stdout, name)


def main():
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    values = rows = 0
    seen = set()
    for i in range(count):
        table = Table(seed + i)
        seen.add(table.name)
        try:
            values += run(table, [])
            wraps = [table.r.choice((gzipped, zipped, tarred))
                     for _ in range(table.r.randint(1, 3))]
            values += run(table, wraps)
        except AssertionError:
            print('table', seed + i)
            raise
        rows += len(table.rows)
    assert count < 200 or seen == set(ENCODINGS)
    print(f'{count} tables, {rows} rows, {values} values and as many '
          'offsets: all equal')


if __name__ == '__main__':
    main()
