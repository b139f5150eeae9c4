# In an archive a signal file is a skip where a header of the archive names it,
# whichever comes first; samples that are asked for are a reject each.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
mkdir w && "$python" "$CASES/wfdb_files.py" w
printf '\000\002\003\004' >w/orphan.dat
tar cf a.tar w/f16.dat w/f16.hea w/multi.hea w/multi.dat w/orphan.dat \
    w/resp.dat w/f212.atr w/f212.dat
for options in '' '--samples 1'; do
	# shellcheck disable=SC2086
	mdx-ingest $options a.tar --rejects r --manifest m --report report |
	    jq -c '[.recording, ._mdx.src.member]'
	jq -c '[.member, .format, .bytes, .bytes_of, .complete, .skipped]' m
	jq -c '[.error.code, .src.member]' r
	jq -c '[.ingest.pieces, .out.records, .set_aside, .skipped]' report
done
