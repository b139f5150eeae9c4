# A reference without a file, or without the member, is 2; one that cannot be read is 3; all before the first record.
echo '{"person_id":1,"sex":"M"}' >person.ndjson
echo '{"person_id":1,' >cut.ndjson
printf 'person_id\n1,"2\n' >cut.csv
echo '{"person_id":1}' >in
rule() {
	printf 'id,field,check,arg,when,message\nR,person_id,%s,x\n' "$1" >r.csv
	shift
	mdx-qc --rules-only -r r.csv "$@" in
	echo "status $?" >&2
}
fk=foreign_key,person.person_id,
rule "$fk"
rule "$fk" --ref person
rule "$fk" --ref person=
rule "$fk" --ref =person.ndjson
rule "$fk" --ref person=person.ndjson --ref person=cut.ndjson
rule "$fk" --ref person=person.ndjson --ref persons=person.ndjson
rule "$fk" --ref person=nothing.ndjson
rule "$fk" --ref person=cut.ndjson
rule "$fk" --ref person=cut.csv
rule foreign_key,person.persn_id, --ref-dir .
rule 'compare,= person(person_id).seks,' --ref-dir .
rule foreign_key,person, --ref-dir .
rule 'count,"[1,1] where person(person_id).sex = M",' --ref-dir .
cp person.ndjson person.tsv
rule "$fk" --ref-dir .
# No row at all: every key is an orphan.
rule "$fk" --ref person=/dev/null
