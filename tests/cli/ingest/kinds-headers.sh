# Header lines of Chinese hospital systems: no fewer are told than once were.
score=$TOP/tests/data/kinds/score.py
hold() {
	python3 "$score" make "$1" "$1.d" &&
	    mdx-ingest "$1.d" --sha256 never -q -o "$1.ndjson" &&
	    python3 "$score" hold "$@" <"$1.ndjson"
}
hold headers.csv 220 0
hold blind-a.csv 130 0
hold blind-a-extra.csv 12 0
hold blind-b.csv 220 0
hold blind-c.csv 378 4
