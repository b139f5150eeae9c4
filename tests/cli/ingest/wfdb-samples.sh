# Every sample of every format of WFDB, by the exact fraction, with the missing
# ones null; every record of samples is cut back out of its file.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
mkdir w && "$python" "$CASES/wfdb_files.py" w && "$python" "$CASES/wfdb_check.py"
mdx-ingest --samples 0.7 w/multi.hea | sed 1d | jq -c 'del(._mdx)'
mdx-ingest --samples 1.5 w/seg.hea | sed 1d |
    jq -c '[.record, .t, (.II | length), ._mdx.src.member]'
