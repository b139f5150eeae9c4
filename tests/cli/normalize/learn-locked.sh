# Two learn at once: the second waits ten seconds for the lock, then ends with
# 5, says who holds it and changes nothing; one that is let go in time is
# waited for.  The holder here has the lock and waits for its table.
mkdir -p terms/approved
printf 'code,name\nA1,甲病\nA2,乙病\n' >terms/own@1.csv
table() {
	printf 'field,term,code,system,version,status,reviewer,date\n'
	printf 'diagnosis,%s,%s,own,1,APPROVED,王,2026-11-01\n' "$1" "$2"
}
table 甲氏病 A1 >one.csv
table 乙氏病 A2 >two.csv
mkfifo held.csv
mdx-normalize learn --terms terms held.csv >/dev/null &
holder=$!
until [ -s terms/.lock ]; do sleep 0.05; done
mdx-normalize learn --terms terms two.csv 2>err
echo "status $?"
sed "s/process $holder\$/process HOLDER/" err
ls terms/approved
mdx-normalize learn --terms terms two.csv >/dev/null &
waiting=$!
sleep 0.5
cat one.csv >held.csv
wait $holder
echo "holder $?"
wait $waiting
echo "waiting $?"
cut -d, -f1,2,5 terms/approved/diagnosis.csv
