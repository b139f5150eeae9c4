# Zero rules never look like success, nor do zero records.
mdx-qc --rules-only </dev/null; echo "status $?"
mdx-qc --rules-only -r "$CASES/rules.csv" </dev/null; echo "status $?"
mdx-qc --rules-only -r "$CASES/rules.csv" --allow-empty </dev/null; echo "status $?"
mdx-qc --only nothing </dev/null; echo "status $?"
echo 'id,field,check,message
S,visit_id,unique,就诊号重复' >same.csv
mkdir keys
mdx-qc --rules-only -r same.csv --no-output --state keys --allow-empty --summary s /dev/null
echo "status $?"
