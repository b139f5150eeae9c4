"""Photos that Pillow wrote: mdx-ingest says what Pillow says of them.

photos.py FOLDER: writes JPEG, PNG, BMP and TIFF of many modes into the folder,
each with pixels of its own, runs mdx-ingest over it as a folder, as pipes and
as members of an archive, and compares size, depth, time, ids and the account.
"""
import json
import os
import random
import subprocess
import sys
import tarfile

from PIL import Image, PngImagePlugin, TiffImagePlugin

BITS = {'1': 1, 'L': 8, 'P': 8, 'LA': 16, 'RGB': 24, 'RGBA': 32, 'CMYK': 32,
        'I;16': 16}
TIME = '2024:01:31 10:22:33'
ISO = '2024-01-31T10:22:33'
r = random.Random(7)


def picture(mode):
    size = r.randint(30, 300), r.randint(30, 300)
    if mode == 'I;16':
        return Image.frombytes(mode, size, r.randbytes(2 * size[0] * size[1]))
    return Image.frombytes('RGB', size,
                           r.randbytes(3 * size[0] * size[1])).convert(mode)


def exif(zone):
    e = Image.Exif()
    e[0x0132] = '2030:12:31 00:00:00'
    below = e.get_ifd(0x8769)
    below[0x9003] = TIME
    if zone:
        below[0x9011] = zone
    e[0x8769] = below
    return e


def write(folder):
    """Name of each file, and what is to be said of it."""
    want = {}

    def keep(name, image, taken=None, bits=None, **how):
        image.save(os.path.join(folder, name), **how)
        want[name] = {'width': image.width, 'height': image.height,
                      'bits': bits or BITS[image.mode]}
        if taken:
            want[name]['taken'] = taken

    for mode in 'L', 'RGB', 'CMYK':
        keep('%s.jpg' % mode, picture(mode), quality=90)
        keep('%s-progressive.jpg' % mode, picture(mode), progressive=True)
    keep('exif.jpg', picture('RGB'), ISO, exif=exif(''))
    keep('zone.jpg', picture('RGB'), ISO + '+08:00', exif=exif('+08:00'))
    keep('large-profile.jpg', picture('RGB'),
         icc_profile=r.randbytes(300000))
    for mode in '1', 'L', 'P', 'LA', 'RGB', 'RGBA', 'I;16':
        keep('%s.png' % mode, picture(mode))
    keep('exif.png', picture('RGB'), ISO, exif=exif(''))
    chunks = PngImagePlugin.PngInfo()
    chunks.add(b'tIME', bytes([0x07, 0xE8, 1, 31, 10, 22, 33]))
    keep('time.png', picture('RGB'), ISO, pnginfo=chunks)
    for mode in '1', 'L', 'RGB', 'RGBA':
        keep('%s.bmp' % mode, picture(mode))
    for mode in '1', 'L', 'RGB', 'RGBA', 'CMYK', 'I;16':
        keep('%s.tiff' % mode, picture(mode))
        # By way of libtiff: the directory stands behind the pixels.
        keep('%s-lzw.tif' % mode, picture(mode), compression='tiff_lzw')
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[306] = TIME
    keep('time.tif', picture('RGB'), ISO, tiffinfo=tags)
    large = Image.frombytes('RGB', (700, 700), r.randbytes(3 * 700 * 700))
    keep('large-lzw.tif', large, ISO, compression='tiff_lzw', tiffinfo=tags)
    return want


def ingest(*arguments, **how):
    return subprocess.run(['mdx-ingest', *arguments], check=True,
                          stdout=subprocess.PIPE, **how).stdout.decode()


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def main():
    folder = sys.argv[1]
    want = write(folder)
    alone, seen = {}, {}
    for record in lines(ingest(folder, '--manifest', 'm', '--report', 'r')):
        about = record.pop('_mdx')
        name = os.path.basename(about['src']['uri'])
        seen[name] = record
        assert about['kind'] == 'image-photo', about
        assert about['src']['format'] == 'photo', about
    assert seen == want, [(n, seen.get(n), want[n]) for n in want
                          if seen.get(n) != want[n]]
    for line in lines(open('m').read()):
        size = os.path.getsize(line['uri'])
        assert line['bytes'] == size == sum(line['bytes_of'].values()), line
        assert line['skipped'] == {'body': 1}, line
    for name in want:
        path = os.path.join(folder, name)
        alone[name] = json.loads(ingest(path))['_mdx']['id']
        with open(path, 'rb') as f:
            piped = json.loads(subprocess.run(
                ['sh', '-c', 'cat | mdx-ingest'], stdin=f, check=True,
                stdout=subprocess.PIPE).stdout)
        assert piped['_mdx']['id'] == alone[name], name
        assert {k: v for k, v in piped.items() if k != '_mdx'} == want[name]
    assert len(set(alone.values())) == len(want)
    with tarfile.open('all.tar', 'w') as tar:
        tar.add(folder)
    inside = lines(ingest('all.tar', '--manifest', 'm'))
    assert [{k: v for k, v in i.items() if k != '_mdx'} for i in inside] == \
        [want[os.path.basename(i['_mdx']['src']['member'][0])] for i in inside]
    assert len(inside) == len(want)
    for line in lines(open('m').read()):
        assert line['bytes'] == sum(line['bytes_of'].values()), line
    print(len(want), 'photos as Pillow has them')


main()
