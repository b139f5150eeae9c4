# JSON and HL7 in UTF-16, with and without a mark, and in GB18030: the offsets
# are those of the bytes as they stood.
printf '[{"名":"血糖","v":"😀"},\n {"名":"钾","v":"\\u00e9\342\200\250"},{"x":1}]\n' >u8.json
printf '{"名":"血糖😀"}\n{"名":\n{"名":"钾"}\n' >u8.ndjson
printf 'MSH|^~\\&|LIS|医院|||20240131||ORU^R01|1\rPID|1||7||王^小明\rOBX|1|ST|A||血糖😀\r' >u8.hl7
for f in json ndjson hl7; do
	for code in UTF-16LE UTF-16BE GB18030; do
		iconv -f utf-8 -t $code u8.$f >$code.$f
	done
	{ printf '\377\376'; cat UTF-16LE.$f; } >marked.$f
	for code in UTF-16LE UTF-16BE marked GB18030; do
		echo "$code.$f"
		mdx-ingest --sha256 never -q --rejects r --manifest m $code.$f |
		    tee out | jq -c 'del(._mdx)'
		jq -c '[.error.code, .src.offset]' r
		jq -c '[.format, .encoding, .skipped, .bytes == (.bytes_of | add)]' m
		jq -c '._mdx.src | [.encoding, .offset]' out | tr -d '[]"' |
		    while IFS=, read -r encoding from to; do
			tail -c +$((from + 1)) $code.$f | head -c $((to - from)) |
			    iconv -f "$encoding" -t utf-8 | tr '\r' '/'
			echo
		done
	done
done
# Half a character: what is before it is out, the rest is set aside.
printf '\377\376' >half.json
printf '[{"a":1},{"b":"' | iconv -t UTF-16LE >>half.json
printf '\000\330"\000}\000]\000' >>half.json
mdx-ingest --sha256 never half.json --manifest m
echo "status $?"
jq -c '[.complete, .bytes, .bytes_of]' m
# The same from a pipe, and Big5, whose trail bytes may be backslashes.
cat marked.json | mdx-ingest | jq -c '._mdx.src.offset'
printf '[{"a":"功許蓋","b":1}]' | iconv -t big5 | mdx-ingest --encoding big5 |
    jq -c '[.a, .b, ._mdx.src.offset]'
