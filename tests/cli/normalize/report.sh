# The report counts values by field and codes by how they were found.
mdx-normalize --report r.json >/dev/null <<'END'
{"诊断名称":"高血压","诊断日期":"20241118","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"不知何病","诊断日期":"2024-02-30","_mdx":{"kind":"diagnosis"}}
END
jq -c .normalize r.json
