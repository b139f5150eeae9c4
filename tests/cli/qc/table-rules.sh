# Rules with missing=null see a table: null alone is missing, joins count rows, na has its own grounds.
mkdir in refs
cat >r.ndjson <<'END'
{"id":"THERE","kind":"visit","check":"present","missing":"null","na":"never","message":"x"}
{"id":"NOTHERE","kind":"bed","check":"present","missing":"null","na":"never","message":"x"}
{"id":"FIELD","kind":"visit","field":"ward","check":"present","missing":"null","na":"stream","message":"x"}
{"id":"REQ","kind":"visit","field":"text","check":"required","missing":"null","message":"x"}
{"id":"ALLNULL","kind":"visit","field":"note","check":"required","missing":"null","na":"filled","message":"x"}
{"id":"COMPLETE","kind":"visit","field":"note","check":"complete","missing":"null","na":"field","message":"x"}
{"id":"WHOLE","kind":"visit","field":"n","check":"type","arg":"whole","missing":"null","message":"x"}
{"id":"SAME","kind":"visit","field":"n","check":"unique","arg":"all","missing":"null","message":"x"}
{"id":"FK","kind":"visit","field":"person_id","check":"foreign_key","arg":"person.person_id","missing":"null","message":"x"}
{"id":"COVERS","kind":"visit","field":"person_id","check":"covers","arg":"person.person_id","missing":"null","na":"stream","message":"x"}
{"id":"LATE","kind":"visit","field":"start","check":"never","arg":"day(start) > day(death(person_id).death_date) + 60d","when":"start exists & death(person_id).person_id exists","missing":"null","na":"filled","message":"x"}
{"id":"LIFE","kind":"visit","field":"start","check":"never","arg":"day(start) > day(death(person_id).death_date) + 60d","when":"person_id in death.person_id","missing":"null","na":"filled","message":"x"}
{"id":"VALUES","kind":"visit","field":"text","check":"never","arg":"n = 0","missing":"null","per":"value","message":"x"}
{"id":"PERIODS","kind":"visit","check":"overlap","arg":"start,end by person_id apart n","missing":"null","na":"empty","per":"value","message":"x"}
{"id":"NOREF","kind":"visit","field":"n","check":"foreign_key","arg":"nowhere.id","missing":"null","message":"x"}
{"id":"NOMEMBER","kind":"visit","check":"never","arg":"person(person_id).height > 3","missing":"null","message":"x"}
{"id":"NOFIELD","kind":"visit","field":"n","check":"never","arg":"n > m","missing":"null","message":"x"}
{"id":"EMPTY","kind":"empty","field":"n","check":"required","missing":"null","na":"empty","message":"x"}
{"id":"EMPTYREF","kind":"empty","field":"n","check":"foreign_key","arg":"nowhere.id","missing":"null","na":"stream","message":"x"}
{"id":"PLAIN","kind":"visit","check":"never","arg":"start > end","message":"x"}
END
cat >in/visit.ndjson <<'END'
{"person_id":1,"n":3,"text":"","start":"2020-01-01","end":"2020-01-05","note":null}
{"person_id":1,"n":"3","text":"NA","start":"2020-03-31","end":"2020-01-06"}
{"person_id":"1","n":3.0,"text":"NA","start":"2020-04-01T23:00:00Z","end":null}
{"person_id":2,"n":0,"text":null,"start":"2020-01-07","end":"2020-01-07"}
{"person_id":2,"n":0,"text":"a","start":"2020-01-08","end":"2020-01-08"}
{"person_id":3,"n":11,"text":"a","start":"2020-01-08","end":"2020-01-08"}
{"person_id":3,"n":12,"text":"a","start":null,"end":"2020-01-07"}
{"person_id":9,"n":null,"start":"soon"}
END
: >in/empty.ndjson
printf 'person_id,sex\n1,M\n2,\n2,M\n7,F\n,F\n' >refs/person.csv
printf '{"person_id":1,"death_date":"2020-01-31"}\n{"person_id":1,"death_date":"2020-02-01"}\n' >refs/death.ndjson
check() {
	mdx-qc --rules-only -r r.ndjson --kind-from name --ref-dir refs --no-output --fail-on never "$@"
}
check --summary s in/*.ndjson
mdx-qc report --fail-on never --csv - s | cut -d, -f1,6-9,13,14
grep -o '"rule":"LATE".*' s | grep -o '"na".*}' 
# The same by shards, whatever the cut; and a re-read of thresholds.
for i in 1 2; do
	mkdir part$i && awk "NR % 2 == $i - 1" in/visit.ndjson >part$i/visit.ndjson
	check --state keys --shard $i --summary $i.s part$i/visit.ndjson
done
: >part1/empty.ndjson
check --state keys --allow-empty --shard 3 --summary 3.s part1/empty.ndjson
mdx-qc merge --state keys 3.s 1.s 2.s | mdx-qc report --fail-on never --csv m.csv -
mdx-qc report --fail-on never --csv - s | cmp - m.csv
mdx-qc report --rules-only -r r.ndjson --fail-on never --csv - s | cmp - m.csv
mdx-qc lint --rules-only -r r.ndjson --only LATE,COVERS,PLAIN 2>&1 | grep -v 'nobody keeps'
# A record is marked once, however often it was joined.
mdx-qc --rules-only -r r.ndjson --only LATE,PLAIN --kind visit --ref-dir refs --fail-on never in/visit.ndjson | grep -n _mdx
# How they are run, and why a record breaks one.
mdx-qc explain --rules-only -r r.ndjson LATE COVERS VALUES | grep -E '^[A-Z]|missing|na |per |cost|memory|reads'
sed -n 3p in/visit.ndjson >one
mdx-qc explain --rules-only -r r.ndjson --kind visit --ref-dir refs --record one LATE COVERS
