# Header lines of Chinese hospital systems: how many kinds are told, by half.
score=$TOP/tests/data/kinds/score.py
python3 "$score" make files
mdx-ingest files --sha256 never -q -o records.ndjson
python3 "$score" count -v <records.ndjson
