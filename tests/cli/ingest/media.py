"""Small media built byte by byte from the formats' descriptions."""
import struct
import wave


def chunk(name, data):
    return name + struct.pack('<I', len(data)) + data + b'\0' * (len(data) & 1)


def form(name, *chunks):
    data = name + b''.join(chunks)
    return chunk(b'RIFF', data)


def write(path, data):
    with open(path, 'wb') as f:
        f.write(data)


# --- WAV -------------------------------------------------------------------

with wave.open('python.wav', 'wb') as w:
    w.setnchannels(2)
    w.setsampwidth(2)
    w.setframerate(8000)
    w.writeframes(b'\0' * 4 * 8000)

# WAVE_FORMAT_EXTENSIBLE, 24 bits in 6 channels; the day stands behind.
guid = struct.pack('<H', 1) + bytes.fromhex('000000001000800000aa00389b71')
fmt = struct.pack('<HHIIHHHHI', 0xFFFE, 6, 48000, 48000 * 18, 18, 24, 22, 24,
                  0x3F) + guid
info = b'INFO' + chunk(b'ICRD', b'2024-01-31\0')
write('ext.wav', form(b'WAVE', chunk(b'fmt ', fmt),
                      chunk(b'data', b'\0' * 18 * 24000),
                      chunk(b'LIST', info)))
pcm = struct.pack('<HHIIHH', 1, 1, 1000, 2000, 2, 16)
# RF64: sizes of 64 bits; a broadcast wave's day and time.
ds64 = struct.pack('<QQQI', 4000, 3000, 1500, 0)
bext = b'\0' * 320 + b'2024:01:31' + b'10-20-30' + b'\0' * 264
write('rf64.wav', b'RF64\xff\xff\xff\xffWAVE' + chunk(b'ds64', ds64) +
      chunk(b'bext', bext) + chunk(b'fmt ', pcm) +
      b'data\xff\xff\xff\xff' + b'\0' * 3000)
write('open.wav', b'RIFF\xff\xff\xff\xffWAVE' + chunk(b'fmt ', pcm) +
      b'data\xff\xff\xff\xff' + b'\0' * 5000)


# --- MP4 -------------------------------------------------------------------

def box(name, *data):
    data = b''.join(data)
    return struct.pack('>I', 8 + len(data)) + name + data


def full(name, *data, version=0, flags=0):
    return box(name, struct.pack('>I', version << 24 | flags), *data)


def track(number, handler, entry, duration, samples):
    return box(
        b'trak', full(b'tkhd', struct.pack('>IIIII', 0, 0, number, 0, 0)),
        box(b'mdia', full(b'mdhd', struct.pack('>IIII', 0, 0, 1000, duration)),
            full(b'hdlr', b'\0' * 4 + handler + b'\0' * 12),
            box(b'minf', box(
                b'stbl', full(b'stsd', struct.pack('>I', 1), entry),
                full(b'stts', struct.pack('>III', 1, samples, 40))))))


video = box(b'avc1', b'\0' * 24, struct.pack('>HH', 640, 360), b'\0' * 50)
sound = box(b'mp4a', b'\0' * 16, struct.pack('>HHHHI', 2, 16, 0, 0,
                                             44100 << 16))
since = 2082844800 + 1706696430  # 2024-01-31T10:20:30Z


def movie(duration, *more, tracks=None):
    return box(b'moov', full(b'mvhd', struct.pack(
        '>QQIQ', since, since, 1000, duration), version=1),
        *(tracks or [track(1, b'vide', video, duration, duration // 40),
                     track(2, b'soun', sound, duration, 0)]), *more)


brand = box(b'ftyp', b'isom\0\0\2\0isommp42')
write('first.mp4', brand + movie(12340) + box(b'mdat', b'x' * 99))
write('last.mp4', brand + box(b'mdat', b'x' * 200000) + movie(12340))
write('wide.mp4', brand + struct.pack('>I', 1) + b'mdat' +
      struct.pack('>Q', 16 + 70000) + b'x' * 70000 + movie(12340))

# Two fragments of 25 pictures, the second with a time for each.
extends = box(b'mvex', full(b'trex', struct.pack('>IIIII', 1, 1, 40, 0, 0)))


def fragment(run):
    return box(b'moof', box(b'traf', full(b'tfhd', struct.pack('>I', 1)),
                            run)) + box(b'mdat', b'x' * 100)


usual = full(b'trun', struct.pack('>I', 25))
timed = full(b'trun', struct.pack('>I', 25), *[struct.pack('>I', 80)] * 25,
             flags=0x100)
write('pieces.mp4', brand + movie(
    0, extends, tracks=[track(1, b'vide', video, 0, 0)]) +
    fragment(usual) + fragment(timed))
# Both ends of a QuickTime file; the test puts 60 GB of film between them.
large = 60 << 30
old = box(b'ftyp', b'qt  \0\0\2\0qt  ')
write('begin.mov', old + struct.pack('>I', 1) + b'mdat' +
      struct.pack('>Q', large - len(old)))
write('end.mov', movie(5000))


# --- Matroska --------------------------------------------------------------

def element(name, *data, size=None):
    data = b''.join(data)
    length = struct.pack('>Q', 1 << 56 | len(data)) if size is None else size
    return bytes.fromhex(name) + length + data


def number(name, value):
    return element(name, struct.pack('>Q', value))


header = element('1A45DFA3', element('4282', b'webm'))
about = element('1549A966', number('2AD7B1', 1000000),
                element('4489', struct.pack('>f', 2500.5)),
                element('4461', struct.pack('>q', (
                    1706696430 - 978307200) * 10**9 + 250000000)))
tracks = element(
    '1654AE6B',
    element('AE', number('83', 1), element('86', b'V_VP9'),
            number('23E383', 33366667),
            element('E0', number('B0', 320), number('BA', 240))),
    element('AE', number('83', 2), element('86', b'A_OPUS'),
            element('E1', element('B5', struct.pack('>d', 48000.0)),
                    number('9F', 2))))
block = element('A3', b'\x81\0\0\0' + b'x' * 5000)
open_size = b'\x01' + b'\xff' * 7
# Nothing has a size, and Info stands behind the clusters.
write('open.mkv', header + element(
    '18538067', element('1F43B675', number('E7', 0), block, block,
                        size=open_size),
    element('1F43B675', number('E7', 40), block), tracks, about,
    size=open_size))
write('usual.mkv', header + element('18538067', about, tracks,
                                    element('1F43B675', block)))


# --- AVI -------------------------------------------------------------------

def stream(kind, handler, scale, rate, length, form_):
    return chunk(b'LIST', b'strl' + chunk(b'strh', kind + handler + struct.pack(
        '<IHHIIIIIIIIHHHH', 0, 0, 0, 0, scale, rate, 0, length, 0, 0, 0, 0, 0,
        0, 0)) + chunk(b'strf', form_))


bitmap = struct.pack('<IiiHH4sI', 40, 320, -240, 1, 24, b'MJPG', 0)
heads = chunk(b'LIST', b'hdrl' + chunk(b'avih', b'\0' * 56) + stream(
    b'vids', b'MJPG', 1, 25, 100, bitmap) + stream(
    b'auds', b'\0\0\0\0', 1, 8000, 64000, struct.pack(
        '<HHIIHH', 6, 1, 8000, 8000, 1, 8)) +
    chunk(b'IDIT', b'2024-01-31 10:20:30\0') +
    chunk(b'LIST', b'odml' + chunk(b'dmlh', struct.pack('<I', 500))))
# Two segments: the first says 100 pictures, all together are 500.
write('long.avi', form(b'AVI ', heads, chunk(b'LIST', b'movi' + b'x' * 99)) +
      form(b'AVIX', chunk(b'LIST', b'movi' + b'x' * 99)))

# --- MP3 -------------------------------------------------------------------

# Layer III, 128 kbit/s at 44.1 kHz, two channels: 417 bytes a frame.
frame = b'\xff\xfb\x90\x00' + b'\0' * 413
slow = b'\xff\xfb\x50\x00' + b'\0' * 204
day = b'TYER\0\0\0\x05\0\0\x002024' + b'TDAT\0\0\0\x05\0\0\x003101'
tag = b'ID3\3\0\0\0\0\0' + bytes([len(day)]) + day
ape = b'APETAGEX' + struct.pack('<IIIIQ', 2000, 32 + 68, 0, 0, 0)
write('same.mp3', tag + frame * 400 + b'y' * 68 + ape + b'TAG' + b' ' * 125)
write('mixed.mp3', (frame + slow) * 200)
xing = frame[:36] + b'Xing' + struct.pack('>II', 1, 1000) + frame[48:]
write('told.mp3', xing + frame * 5)
