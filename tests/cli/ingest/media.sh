# Headers of sound and film, built by hand, and what only looks like one.
python=/usr/bin/python3 # Debian's, which has its packages
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
"$python" "$CASES/media.py"
for f in *.wav *.mp4 *.mkv *.avi *.mp3; do
	mdx-ingest "$f" --manifest m |
	    jq -c '[._mdx.src.uri, .duration, .created, .tracks, ._mdx.kind, ._mdx.src.offset]'
	jq -c 'select(.bytes_of | add as $n | .records + .set_aside + .skipped != $n)' m
done
# A header behind 60 GB of film: they are not read, and are body.
cp begin.mov film.mov
truncate -s 60G film.mov
cat end.mov >>film.mov
timeout 5 mdx-ingest film.mov --manifest m | jq -c '[.container, .duration, ._mdx.src.offset]'
jq -c '[.bytes, .skipped, .bytes_of, has("sha256")]' m
rm film.mov
# Broken ones cost themselves.
head -c 30 ext.wav >cut.wav
printf '\0\0\0\030ftypisom\0\0\0\0isommp42\0\0\0\010mdat' >no-moov.mp4
mdx-ingest cut.wav no-moov.mp4 --rejects x --manifest m
echo "status $?"
jq -c '[.error, .src.format, .src.offset]' x
jq -c '[.complete, .bytes_of]' m
mdx-ingest ext.wav --max-record 20 --rejects x
echo "status $?"
jq -c .error.code x
# What begins alike and is something else.
printf 'RIFF is a format of sound\n' >riff.txt
printf 'ID3,name\n1,a\n' >id3.csv
printf '\0\0\0\030ftypheic\0\0\0\0mif1heic' >picture.heic
printf '\377\373 is no frame\0' >sync.bin
printf 'moov,mdat\nfree,wide\n' >moov.csv
printf '\377\376h\0i\0\n\0' >wide.txt
mdx-ingest --inspect riff.txt id3.csv picture.heic sync.bin moov.csv wide.txt |
    jq -r '[.uri, .format, .kind] | @tsv'
