# Records that one of the files has alone are told: those of gold count as
# missing, those of the run alone count as nothing; an id that comes twice is a
# fault of the file.
cat >gold.ndjson <<'END'
{"id":"a","indicators":{"outcome":"完全消融"}}
{"id":"b","indicators":{"outcome":"部分消融"}}
{"id":"c","indicators":{"outcome":null}}
END
cat >pred.ndjson <<'END'
{"indicators":{"outcome":"部分消融"}}
{"id":"x","indicators":{"outcome":"部分消融"}}
{"id":"a","indicators":{"outcome":"完全消融"}}
END
mdx-extract eval gold.ndjson pred.ndjson
mdx-extract eval --json gold.ndjson pred.ndjson |
    jq -c '[.gold_only, .pred_only, .right, .missing, .invented, .records]'
cat pred.ndjson pred.ndjson >twice.ndjson
mdx-extract eval gold.ndjson twice.ndjson
