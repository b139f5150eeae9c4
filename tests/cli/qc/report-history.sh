# A history takes each run once, by its name; drift is judged against the runs
# before and never against the tested one; a newer, damaged or foreign file and
# a lock are told apart.
command -v sqlite3 >/dev/null || { echo "no sqlite3"; exit 77; }
cat >r.csv <<'END'
id,field,check,arg,message
A,name,required,,姓名缺失
END
summary() { # FAILING M F: two rules, the second one a drift rule by hand
	{
		i=0
		while [ $i -lt 10 ]; do
			[ $i -lt "$1" ] && echo '{"name":""}' || echo '{"name":"x"}'
			i=$((i + 1))
		done
	} | mdx-qc --rules-only -r r.csv --no-output --fail-on never --samples 0 --summary s
	sed -e 's/"rules":1/"rules":2/; s/"lines":[0-9]*/"lines":4/' \
	    -e "/\"t\":\"field\"/i {\"t\":\"rule\",\"rule\":\"D\",\"kind\":\"\",\"n\":1000,\"applicable\":1000,\"fail\":0,\"error\":0,\"severity\":\"warn\",\"check\":\"drift\",\"message\":\"分布改变\",\"bins\":{\"F\":$3,\"M\":$2}}" \
	    s >drift.s
}
add() {
	mdx-qc report --history h.db --run "$1" --json r.json --fail-on never drift.s
	sed 's/.*"rule":"D"//; s/"kind.*"error":0,//; s/,"message.*//' r.json
	echo
}
summary 1 500 500; add 2026-01
summary 2 510 490; add 2026-02
summary 3 900 100; add 2026-03
echo '-- the same run again is not compared with itself'
add 2026-03
summary 2 505 495; add 2026-02
sqlite3 h.db 'SELECT name, records, failing, score, pass, fail, na FROM run ORDER BY id' \
    'SELECT run, name, applicable, fail, status FROM result JOIN rule ON rule.id = rule ORDER BY run, rule' \
    'SELECT run, label, n FROM bin ORDER BY 1, 2'
echo '-- the day is the name'
mdx-qc report --history h.db --now 2026-04-30 --md /dev/null --fail-on never drift.s
sqlite3 h.db 'SELECT name FROM run WHERE id = 4'
echo '-- few values are not judged'
summary 0 5 5; add 2026-05
echo '-- what is no history'
sqlite3 h.db 'PRAGMA user_version = 2'
mdx-qc report --history h.db drift.s; echo "status $?"
sqlite3 other.db 'CREATE TABLE t(x); PRAGMA user_version = 1'
mdx-qc report --history other.db drift.s; echo "status $?"
head -c 5000 /dev/zero | tr '\0' x >bad.db
mdx-qc report --history bad.db drift.s; echo "status $?"
mdx-qc report --history no/such.db drift.s; echo "status $?"
sqlite3 h.db 'PRAGMA user_version = 1'
dd if=/dev/zero of=h.db bs=4096 seek=1 count=30 conv=notrunc 2>/dev/null
mdx-qc report --history h.db drift.s; echo "status $?"
