# Size, depth and time of photos, as Pillow has them; the pixels are a skip.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import PIL' 2>/dev/null || { echo "no Pillow"; exit 77; }
mkdir photos
"$python" "$CASES/photos.py" photos
# A bitmap by hand, two by two, its rows from the top down.
{
	printf 'BM\106\0\0\0\0\0\0\0\066\0\0\0\050\0\0\0\002\0\0\0\376\377\377\377'
	printf '\001\0\030\0\0\0\0\0\020\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
	printf '0123456789abcdef'
} >hand.bmp
mdx-ingest hand.bmp --manifest hand.json
jq -c '[.kind, .kind_by, .bytes, .skipped, .bytes_of]' hand.json
# What ends within its header, and what has none.
head -c 30 photos/RGB.jpg >cut.jpg
printf '\377\330\377\331none' >none.jpg
head -c 20000 photos/large-lzw.tif >cut.tif
mdx-ingest cut.jpg none.jpg cut.tif --rejects bad.ndjson --manifest m
status=$?
jq -c '[.src.uri, .error.code]' bad.ndjson
jq -c '[.uri, .bytes, .complete, .bytes_of]' m
exit $status
