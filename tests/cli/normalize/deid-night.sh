# None of the night's patients can be found in its de-identified records.
mdx-ingest --help >/dev/null 2>&1 || { echo "no mdx-ingest"; exit 77; }
mdx-ingest "$TOP/tests/data/night/night.zip" -q -o in.ndjson 2>/dev/null
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
mdx-normalize in.ndjson -o norm.ndjson || exit 8
jq -c 'select(._mdx.kind == "patient")' norm.ndjson >known.ndjson
mdx-normalize --deid research --key key --known known.ndjson \
    norm.ndjson --max-rejects 1% --rejects rejects -o out.ndjson --report r.json 2>log || exit 9
jq -r '.name, .id_card, .phone, .health_card, .patient_id | strings | select(length > 1) | select(test("^p[0-9]+$") | not)' \
    known.ndjson | sort -u >values
cat out.ndjson rejects r.json log >all
[ "$(wc -l <values)" -gt 500 ] || echo "too few values to look for"
if grep -qFf values all; then echo leaked; else echo none; fi
