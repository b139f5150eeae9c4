"""mdx-ingest over files that ffmpeg writes, against ffprobe's reading."""
import fractions
import json
import subprocess
import sys

SOUND = '-f lavfi -i sine=frequency=440:duration=2.5:sample_rate=44100'
PICTURES = '-f lavfi -i testsrc=size=128x96:rate=25:duration=2'
NTSC = '-f lavfi -i testsrc=size=64x48:rate=30000/1001:duration=2'
CREATED = '-metadata creation_time=2024-01-31T10:20:30Z'

FILES = {
    'a.wav': f'{SOUND} -ac 2',
    'u8.wav': f'{SOUND} -c:a pcm_u8 -ar 8000',
    's24.wav': f'{SOUND} -c:a pcm_s24le -ac 2',
    'float.wav': f'{SOUND} -c:a pcm_f32le',
    'six.wav': f'{SOUND} -ac 6',
    'mulaw.wav': f'{SOUND} -c:a pcm_mulaw -ar 8000',
    'adpcm.wav': f'{SOUND} -c:a adpcm_ima_wav',
    'rf64.wav': f'{SOUND} -rf64 always',
    'bext.wav': f'{SOUND} -write_bext 1 -metadata '
                'origination_date=2024-01-31 -metadata '
                'origination_time=10:20:30',
    'a.mp3': f'{SOUND} -c:a libmp3lame -b:a 64k',
    'vbr.mp3': f'{SOUND} -c:a libmp3lame -q:a 4 -ac 2',
    'cbr.mp3': f'{SOUND} -c:a libmp3lame -b:a 128k -write_xing 0',
    'bare.mp3': f'{SOUND} -c:a libmp3lame -q:a 4 -write_xing 0',
    'tags.mp3': f'{SOUND} -c:a libmp3lame -b:a 64k -write_xing 0 '
                '-write_id3v1 1 -write_apetag 1 -metadata title=x',
    'low.mp3': f'{SOUND} -c:a libmp3lame -ar 16000 -b:a 24k',
    'dated.mp3': f'{SOUND} -c:a libmp3lame -metadata '
                 'date=2024-01-31T10:20:30',
    'a.m4a': f'{SOUND} -c:a aac {CREATED}',
    'a.mp4': f'{PICTURES} {SOUND} -c:v libx264 -c:a aac -ac 2 {CREATED}',
    'fast.mp4': f'{PICTURES} -c:v mpeg4 -movflags +faststart',
    'ntsc.mp4': f'{NTSC} -c:v libx264',
    'fragments.mp4': f'{PICTURES} {SOUND} -c:v libx264 -g 10 -c:a aac '
                     '-movflags frag_keyframe+empty_moov',
    'dash.mp4': f'{PICTURES} -c:v libx264 -g 10 '
                '-movflags frag_keyframe+empty_moov+default_base_moof',
    'a.mov': f'{PICTURES} {SOUND} -c:v mjpeg -c:a pcm_s16le -ac 2 {CREATED}',
    'a.avi': f'{PICTURES} {SOUND} -c:v mpeg4 -c:a libmp3lame',
    'mjpeg.avi': f'{PICTURES} -c:v mjpeg',
    'raw.avi': f'{NTSC} -c:v rawvideo -pix_fmt bgr24',
    'a.mkv': f'{PICTURES} {SOUND} -c:v libx264 -c:a aac -ac 2 {CREATED}',
    'a.webm': f'{PICTURES} {SOUND} -c:v libvpx -c:a libopus',
    'sound.mka': f'{SOUND} -c:a flac',
}


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def ingest(path, **how):
    done = subprocess.run(['mdx-ingest', path], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, **how)
    assert done.returncode == 0, (path, done)
    record, = [json.loads(line) for line in done.stdout.splitlines()]
    return record


def number(text):
    return float(fractions.Fraction(text))


def compare(path, mine, probe):
    theirs = [s for s in probe['streams']]
    assert len(mine['tracks']) == len(theirs), (path, mine)
    for t, s in zip(mine['tracks'], theirs):
        assert t['type'] == s['codec_type'], (path, t)
        codec = {'mp4v': 'mpeg4'}.get(t['codec'], t['codec'])
        assert codec == s['codec_name'], (path, t, s['codec_name'])
        if t['type'] == 'video':
            assert (t['width'], t['height']) == (s['width'], s['height'])
            rate = number(s['avg_frame_rate'])
        else:
            assert t['channels'] == s['channels'], (path, t)
            rate = number(s['sample_rate'])
        assert abs(number(t['rate']) - rate) < 0.01, (path, t, rate)
    # Sound is counted with the silence that its encoder put around it.  Of
    # frames of many rates and no table ffprobe guesses, and we know better.
    wanted = 2.5 if path == 'bare.mp3' else float(probe['format']['duration'])
    off = abs(float(mine['duration']) - wanted)
    assert off < (0.08 if path.endswith('.mp3') else 0.03), (path, mine, off)
    wanted = probe['format'].get('tags', {}).get('creation_time')
    if wanted and wanted.endswith('Z'):
        assert mine['created'] == wanted.replace('.000000Z', 'Z'), mine


for name, how in FILES.items():
    run('ffmpeg', '-y', '-v', 'error', *how.split(), name)
    record = ingest(name)
    compare(name, record, json.loads(run(
        'ffprobe', '-v', 'error', '-of', 'json', '-show_format',
        '-show_streams', name)))
    # A pipe gives the same id; so the same values.
    with open(name, 'rb') as f:
        piped = subprocess.run(
            ['mdx-ingest'], input=f.read(), stdout=subprocess.PIPE).stdout
    other = json.loads(piped)
    assert other['_mdx']['id'] == record['_mdx']['id'], (name, record, other)
    print(name, record['container'], record['_mdx']['kind'],
          record.get('created', '-'), *[t['codec'] for t in record['tracks']])

# A recorder that could not go back: sizes and durations are left open.
for name, how in {
        'open.wav': f'{SOUND} -f wav', 'open.mkv':
        f'{PICTURES} -c:v libx264 -f matroska', 'live.webm':
        f'{PICTURES} -c:v libvpx -f webm -live 1'}.items():
    with open(name, 'wb') as f:
        f.write(run('ffmpeg', '-v', 'error', *how.split(), '-'))
    record = ingest(name)
    print(name, record.get('duration'), record['tracks'])
