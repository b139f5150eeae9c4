# What nobody has decided goes into one file, most frequent first.
mdx-normalize --review todo.csv --max-unmapped 1 >/dev/null <<'END'
{"诊断名称":"=不知何病","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"又一种病,患者王芳","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"=不知何病","_mdx":{"kind":"diagnosis"}}
{"诊断名称":"高血压","_mdx":{"kind":"diagnosis"}}
END
status=$?
cat todo.csv
exit $status
