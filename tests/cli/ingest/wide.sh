# UTF-16 and encodings that cannot be cut before decoding: values, offsets in
# the member's own bytes, bad units; tables, JSON lines and HL7.
printf 'id,名,註\n1,王一,"x|y\n第二行"\n2,功𠀀,\\\n' >t.csv
for e in utf-16le utf-16be utf-32le big5 shift_jis euc-kr; do
	case $e in utf-*) named= ;; *) named="--encoding $e" ;; esac
	[ $e = utf-32le ] && named="--encoding $e"
	iconv -c -f utf-8 -t $e t.csv >$e.csv
	echo "$e"
	# shellcheck disable=SC2086
	mdx-ingest $named $e.csv --sha256 never --manifest m >o
	jq -c '[."名", ."註", ._mdx.src.line, ._mdx.src.offset]' o
	jq -c '[.encoding, .bytes, .bytes_of, .sha256]' m
	jq -r '._mdx.src.offset | @tsv' o | while read -r from to; do
		tail -c +$((from + 1)) $e.csv | head -c $((to - from)) |
		    iconv -f $e -t utf-8
		echo '$'
	done
	sha256sum <$e.csv
done
echo "with a mark, in a pipe, in gzip, and as JSON and HL7"
{ printf '\377\376'; iconv -t utf-16le t.csv; } >bom.csv
mdx-ingest bom.csv --sha256 never | jq -c '._mdx.src.offset'
mdx-ingest <bom.csv --encoding utf-16 | jq -c '._mdx.src.offset'
gzip -c bom.csv >bom.csv.gz; mdx-ingest bom.csv.gz --sha256 never |
    jq -c '[._mdx.src.encoding, ._mdx.src.offset]'
printf '{"名":"血糖","n":1.10}\n[1]\n{' | iconv -t utf-16be >j
mdx-ingest j --sha256 never --rejects r; jq -c '[.raw, .src.offset]' r
printf 'MSH|^~\\&|LIS||||20240131||ORU^R01|M1|P|2.4\rPID|||1||王^一\r' |
    iconv -t utf-16le >h
mdx-ingest h --sha256 never --split --manifest m
mdx-ingest h --sha256 never | jq -c '[.segments[1]."5", ._mdx.src.offset]'
echo "a lone surrogate costs its row"
{ printf 'a,b\n1,2\n3,' | iconv -t utf-16le; printf '\000\330\n\000'
printf '5,6\n7' | iconv -t utf-16le; printf 'x'; } >bad.csv
mdx-ingest bad.csv --sha256 never --ragged pad --rejects r --manifest m
jq -c '[.error.code, .src.line, .src.offset, .raw_b64]' r
jq -c '[.bytes, .bytes_of]' m
