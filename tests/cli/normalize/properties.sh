# One worker or eight, whole or in pieces, once or twice: the same bytes.
mdx-ingest "$TOP/tests/data/night/night.zip" -q -o night.ndjson 2>/dev/null
/usr/bin/python3 "$TOP/tests/normalize-properties.py" night.ndjson
