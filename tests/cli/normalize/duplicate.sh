# A mapped member that stands twice is set aside; which one is meant is not ours to say.
mdx-normalize --rejects rejects.ndjson <<'END'
{"患者ID":"1","患者ID":"2"}
{"患者ID":"3"}
{"broken"
END
status=$?
cat rejects.ndjson
exit $status
