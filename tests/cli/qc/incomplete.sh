# A run that could not go on says so in its summary, and merge refuses it.
mdx-qc --rules-only -r "$CASES/rules.csv" --by id --max-groups 2 --no-output --summary s <<'END'
{"id":1}
{"id":2}
{"id":3}
END
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
