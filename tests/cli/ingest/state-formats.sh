# What is kept of documents and messages: only what is new of them comes.
run() {
	echo "== $1"
	mdx-ingest --split --state s.db --manifest m in >out
	status=$?
	jq -c '[._mdx.src.line, ._mdx.src.row, (.v // .OBX."3" // .text)]' out
	jq -c '[.uri, .records, .skipped, .notes // []]' m
	cat out >>all
	[ $status = 0 ] || echo "status $status"
}
mkdir in
printf '[{"v":1},\n {"v":2}]\n' >in/a.json
printf 'MSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.4\rOBX|1|NM|X\rOBX|2|NM|Y\r' >in/b.hl7
printf 'one line\n' >in/c.txt
run 'first'
printf '[{"v":1},\n {"v":2},\n {"v":3}]\n' >in/a.json
printf 'MSH|^~\\&|A|B|C|D|2024||ORU^R01|2|P|2.4\rOBX|1|NM|Z' >>in/b.hl7
printf 'another line\n' >>in/c.txt
run 'an element, a message without its end, and a line more'
printf '\rOBX|2|NM|W\r' >>in/b.hl7
run 'the message has its end, and a segment more'
run 'nothing'
mdx-ingest --split in | jq -r ._mdx.id | sort >want
jq -r ._mdx.id all | sort | uniq -d
jq -r ._mdx.id all | sort | comm -13 - want
echo 'nothing is missing'
