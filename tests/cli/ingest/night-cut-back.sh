# Every record of the night is cut back out of its member by src alone.
python=/usr/bin/python3 # Debian's, which has its packages
cp "$TOP/tests/data/night/night.zip" .
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
mdx-ingest night.zip --rejects rejects.ndjson \
    2>/dev/null |
    "$python" "$CASES/cut_back.py" night.zip
