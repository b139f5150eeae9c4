# Gold against itself is perfect; a changed value is wrong, a null missing, a
# value where nothing is stated invented.
gold=$TOP/tests/data/extract/thyroid-ablation.gold.ndjson
mdx-extract eval --json "$gold" "$gold" |
	jq -c "[.accuracy, .precision, .recall, .f1, .evidence, .wrong, .missing,
		.invented, .right > 500, .whole == 1]"
cat >gold.ndjson <<'END'
{"id":"a","indicators":{"lesion":[{"power":40,"time":60}],"outcome":null}}
END
cat >pred.ndjson <<'END'
{"id":"a","indicators":{"lesion":[{"power":45,"time":null}],"outcome":"完全消融"}}
END
mdx-extract eval gold.ndjson pred.ndjson
