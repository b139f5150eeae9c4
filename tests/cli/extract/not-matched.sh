# A record that is no document of the pack passes as it came; the report
# counts it. One without text has its indicators, all null.
mdx-extract -p thyroid-ablation --report r.json <<'END'
{"test":"血糖","value":"5.60","_mdx":{"id":"a","kind":"lab"}}
{"title":"甲状腺结节微波消融术","findings":"","_mdx":{"id":"b","kind":"exam"}}
END
jq -c '.extract | [.matched, .not_matched, .no_text]' r.json
