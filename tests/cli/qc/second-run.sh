# A second run over its own output changes no byte.
cat >in <<'END'
{"id":1 , "age":250,"_mdx":{"id":"a"}}
{"dept":"x"}
END
mdx-qc --rules-only -r "$CASES/rules.csv" --fail-on never -o once in
mdx-qc --rules-only -r "$CASES/rules.csv" --fail-on never -o twice once
cmp once twice && cat twice
