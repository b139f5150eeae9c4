# A run that could not go on says so in its summary, and merge refuses it.
i=0
while [ $i -lt 20000 ]; do
	echo "{\"id\":$((i % 3)),\"x\":$((i * i))}"
	i=$((i + 1))
done | gzip | head -c 40000 >cut.gz
mdx-qc --rules-only -r "$CASES/rules.csv" --by id --no-output --summary s cut.gz
echo "status $?"
grep -o '"complete":[a-z]*' s
mdx-qc --rules-only -r "$CASES/rules.csv" --by id --no-output --fail-on never --summary t <<'END'
{"id":1}
END
mdx-qc merge s t
echo "status $?"
mdx-qc --rules-only -r "$CASES/rules.csv" --no-output --fail-on never --summary u <<'END'
{"id":1}
END
mdx-qc merge t u
# A report shows it with a word; a history does not take it.
mdx-qc report --fail-on never --csv /dev/null s
echo "status $?"
mdx-qc report --fail-on never --csv /dev/null --history runs.db --run 1 s
echo "status $?"
test ! -e runs.db && echo "no history"
