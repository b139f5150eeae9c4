# What cannot be done is said in one line, with its status.
mdx-ask index -d ask.db "$CASES/records.ndjson" || exit
try() {
	mdx-ask "$@" </dev/null
	echo "status $?"
}
echo no database >text.db
head -c 9000 ask.db >cut.db
try query '' ask.db
try query "$(head -c 70000 /dev/zero | tr '\0' a)" ask.db
try query "$(printf 'a\377')" ask.db
try query 结节 missing.db
try query 结节 text.db
try index -d cut.db --check
try query 结节 ask.db -w 结节
try query 结节 ask.db -w 'nothing=1'
try query 结节 ask.db -w 'date>=soon'
try query 结节
try index
try ask 结节 ask.db --floor 2
try report --by class
try log -l log.db --since yesterday
try frob
