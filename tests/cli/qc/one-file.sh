# One file for two outputs is refused; a missing input is said once, and
# nothing about the records that did not come.
echo '{"a":1}' >one
mdx-qc --rules-only -r "$CASES/rules.csv" --summary both -o both one
echo "status $?"
mdx-qc --rules-only -r "$CASES/rules.csv" --quarantine both --report both one
echo "status $?"
mdx-qc --rules-only -r "$CASES/rules.csv" missing
echo "status $?"
mdx-qc --rules-only -r "$CASES/rules.csv" --fail-on bogus one
echo "status $?"
mdx-qc --by 'month(' one
