# A question is redacted before it is written; the log is read back as NDJSON.
mdx-ask index -d ask.db "$CASES/records.ndjson" || exit
mdx-ask ask '电话13812345678的患者设定功率多少?' -d ask.db -l log.db --user 甲 -o /dev/null || exit
mdx-ask query 结节 ask.db -l log.db --user 乙 -o /dev/null || exit
mdx-ask query 结节 ask.db -o /dev/null || exit
mdx-ask log -l log.db | jq -c '[.user,.mode,.question,.redactions,.hits,.refused]'
mdx-ask log -l log.db --user 乙 | jq -c .user
mdx-ask log -l log.db --until 2020-01-01
grep -c 13812345678 log.db
mdx-ask report -l log.db --by mode
# A log that cannot be written costs no answer.
mdx-ask ask 功率 -d ask.db -l no/such/log.db | jq -c .mode
mdx-ask ask 功率 -d ask.db -l no/such/log.db -o /dev/null
