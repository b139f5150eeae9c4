# What the toolkit knows of a record may be read in rules.
cat >r.csv <<'END'
id,field,check,arg,when,message
SRC,_mdx.src.format,enum,csv|xlsx,,来源格式不认识
ROW,name,required,,_mdx.src.format = csv & _mdx.src.row > 1,姓名缺失
DEID,_mdx.deid.policy,required,,"_mdx.src.uri prefix ""/out""",未脱敏
END
mdx-qc --rules-only -r r.csv --fail-on never <<'END'
{"a":1,"_mdx":{"id":"k3v","src":{"format":"csv","row":1}}}
{"a":1,"_mdx":{"id":"k3w","src":{"format":"csv","row":2}}}
{"a":1,"name":"x","_mdx":{"id":"k3x","src":{"format":"pdf","uri":"/out/a"}}}
{"a":1}
END
