# De-identified by the shipped policy: fails closed, joins and intervals hold.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
cat >known.ndjson <<'END'
{"patient_id":"0000000012","name":"司马相如","phone":"010-5550-1234"}
END
mdx-normalize --deid research --key key --known known.ndjson --rejects rejects.ndjson --report r.json <<'END'
{"patient_id":"0000000012","name":"王芳","age":93,"time":"2024-11-22T08:15:00","birth_date":"1962-03-04","findings":"王芳，女，住院号：ZY0012345，2024年11月20日由李明医生行消融，司马相如陪同。白蛋白35g/L。","_mdx":{"id":"abc","kind":"exam","src":{"uri":"王芳/a.zip","member":["王芳.csv"],"format":"csv","line":3,"sha256":"x"},"norm":{"time":{"from":"2024-11-22 08:15:00","rule":"r"}},"extract":[{"path":"alb","value":"白蛋白","src":"/findings","span":[46,49],"quote":"白蛋白","status":"ok"}]}}
{"patient_id":"0000000012","time":"2024-11-25","_mdx":{"id":"abd","kind":"lab"}}
{"patient_id":"1","secret":"\u0031"}
{"patient_id":"1","unit":"1\u003390013\u0030000"}
{"time":"2024-01-01"}
{"patient_id":"1","time":"2024-02-30"}
{"a":1,"_mdx":{"deid":{"policy":"other","key":"00000000"}}}
END
status=$?
cat rejects.ndjson
jq -c '.normalize.deid.found' r.json
exit $status
