# An answer is made of sentences with their spans; what is not there is refused.
mdx-ask index -d ask.db "$CASES/records.ndjson" || exit
mdx-ask ask '设定功率多少?' ask.db --no-log
mdx-ask ask '设定功率多少?' ask.db --no-log --format text
mdx-ask ask '期货保证金是多少?' ask.db --no-log | jq -c '[.answer,.refused,(.citations|length)]'
mdx-ask ask '期货保证金是多少?' ask.db --no-log --exit-status -o none.ndjson
status=$?
exit $status
