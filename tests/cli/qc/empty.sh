# Zero rules never look like success, nor do zero records.
mdx-qc --rules-only </dev/null; echo "status $?"
mdx-qc --rules-only -r "$CASES/rules.csv" </dev/null; echo "status $?"
mdx-qc --rules-only -r "$CASES/rules.csv" --allow-empty </dev/null; echo "status $?"
mdx-qc --only nothing </dev/null; echo "status $?"
