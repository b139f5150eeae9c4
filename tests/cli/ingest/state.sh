# --state: the second run gives what is new and nothing twice.
run() {
	echo "== $1"
	shift
	mdx-ingest --state s.db --manifest m "$@" >out
	status=$?
	jq -c '[._mdx.src.uri, ._mdx.src.member, ._mdx.src.line, ._mdx.src.row, del(._mdx)]' out
	jq -c '[.uri, .member, .records, .skipped, .notes // []]' m
	cat out >>all
	[ $status = 0 ] || echo "status $status"
}
mkdir in
printf 'a,b\n1,2\n3,4\n' >in/a.csv
printf '{"x":1}\n' >in/b.ndjson
run 'first' in
run 'nothing changed' in
printf '5,6\n' >>in/a.csv
run 'grown' in
touch in/a.csv
run 'touched' in
printf 'a,b\n7,8\n' >in/late.csv
touch -d '2001-01-01' in/late.csv
run 'late, with an older time' in
printf '7,"\350' >>in/a.csv
run 'a last line without an end is set aside' in
printf '\215\257"\n' >>in/a.csv
run '... and taken when it has one' in
mdx-ingest in | jq -r ._mdx.id | sort >undisturbed
jq -r ._mdx.id all | sort | cmp - undisturbed && echo 'the same ids as without a state, none twice'
printf 'a,b\n9,9\n' >in/a.csv
run 'shorter' in
printf 'a,b\n8,8\n' >in/a.csv
run 'as long, in the same second' in
rm in/a.csv in/b.ndjson in/late.csv
mkdir t
printf 'a,b\n1,2\n' >t/one.csv
printf 'a,b\n3,4\n' >t/two.csv
(cd t && tar cf ../in/x.tar one.csv)
run 'an archive' in
(cd t && tar rf ../in/x.tar two.csv)
run 'an archive grown by a member' in
printf '5,6\n' >>t/one.csv
printf 'a,b\n9,4\n' >t/two.csv
(cd t && tar cf ../in/x.tar one.csv two.csv)
run 'one member grown, one rewritten' in
rm in/x.tar
gzip -c t/one.csv >in/one.csv.gz
run 'compressed' in
printf '7,8\n' >>t/one.csv
gzip -c t/one.csv >in/one.csv.gz
run 'compressed anew, with a row more' in
head -c 40 in/one.csv.gz >cut.gz
run 'a file that is cut off' cut.gz
run '... is tried again' cut.gz
