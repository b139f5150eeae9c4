# A second pass changes no byte, and neither does the number of workers.
mdx-ingest --help >/dev/null 2>&1 || { echo "no mdx-ingest"; exit 77; }
mdx-ingest "$TOP/tests/data/night/night.zip" -q -o in.ndjson 2>/dev/null
mdx-normalize -j1 in.ndjson >one || exit 1
mdx-normalize -j8 in.ndjson >eight || exit 1
mdx-normalize one >two || exit 1
cmp one eight && cmp one two && [ -s one ] && echo same
