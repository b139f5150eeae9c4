# JSON keeps its bytes, as lines, as an array, and over several lines.
printf '{"id":10000000000000000999,"v":1.10,"v":2,"u":"\\u00e9"}\r\n[1,2]\n{"a":01}\n\n{"_mdx":1}\n{}\n' >l.ndjson
mdx-ingest l.ndjson --sha256 never
echo "status $?"
printf '[ {"a": 1,\n   "b": [2,\n 3]} , 4,\n {"c":5}, {"d":oops}, {"e":6}]\n' >d.json
mdx-ingest d.json --sha256 never --manifest m
echo "status $?"
jq -c '[.records, .set_aside, .skipped, .bytes_of, .bytes]' m
printf '{"x":1}' | mdx-ingest
