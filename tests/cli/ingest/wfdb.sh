# WFDB: headers of one and of several segments, annotations beside them,
# frames, offsets, skews and comments; files that are read with their header
# are skips; names that climb, formats unknown, files lost or cut off.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
mkdir w && "$python" "$CASES/wfdb_files.py" w && mv w/truth.json .
for record in f212 multi seg; do
	mdx-ingest w/$record.hea --manifest m | jq -c 'del(._mdx.id)'
	jq -c '[.bytes, .bytes_of, .complete, .kind, .kind_by, .notes]' m
done
for record in bad climb flac lost cut; do
	mdx-ingest --samples 1 w/$record.hea --rejects r | sed 1d |
	    jq -c 'del(._mdx)'
	jq -c '[.error, .src.offset]' r
done
mdx-ingest --samples 1 w --rejects r --manifest m >folder
echo "status $?"
jq -c '[.uri, .member, .format, .bytes, .bytes_of, .complete, .skipped,
    .notes]' m | grep -e seg -e multi -e resp -e f212 -e nobody
jq -r '._mdx.src.format' folder | sort | uniq -c
mdx-ingest --samples 1 <w/f16.hea --rejects r | jq -c '[.recording, ._mdx.src]'
jq -c '[.error, .src.offset]' r
