# GB18030, UTF-8 and rows of both kinds are seen; the rest is set aside.
printf '姓名,结果\n王小东,阳性\n' >utf8.csv
iconv -f utf-8 -t gb18030 utf8.csv >gb.csv
cat gb.csv utf8.csv >mixed.csv
printf 'a,b\n\377\376\377,2\nok,3\n' >bad.csv
for f in utf8 gb mixed bad; do
	echo "$f"
	mdx-ingest $f.csv --sha256 never --manifest m
	jq -c '[.encoding, .notes]' m
done
printf '姓名,結果\n王東,陽性\n' | iconv -t big5 | mdx-ingest --encoding big5 -f csv
mdx-ingest gb.csv --encoding nonsense
