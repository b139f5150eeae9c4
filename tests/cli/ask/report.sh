# A foreign log is counted; the page has no script and escapes what it shows.
cat >log.ndjson <<'END'
{"ts":"2025-03-01T08:00:00+08:00","dept":"<内科>","mode":"extract","refused":null,"question":"a"}
{"ts":"2025-03-01T09:00:00+08:00","dept":"<内科>","mode":"extract","refused":"no-evidence","question":"b"}
{"ts":"2025-03-02T09:00:00+08:00","dept":"外科","mode":"llm","question":"c"}
{"question":"d"}
{"question":
END
mdx-ask report --html page.html --title '三月 & 四月' --max-rejects 1 --rejects bad.ndjson log.ndjson
status=$?
grep -c '<svg' page.html
grep -c '<script' page.html
grep -o '&lt;内科&gt;' page.html | sort -u
grep -o '<title>.*</title>' page.html
: | mdx-ask report --html empty.html
exit $status
