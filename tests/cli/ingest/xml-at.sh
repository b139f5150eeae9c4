# --at in XML: one element at a time, by the name as written or without prefix.
run() {
	mdx-ingest --sha256 never -q --manifest m --rejects r "$@" >out
	echo "status $?"
	jq -c '[del(._mdx), ._mdx.src.line, ._mdx.src.offset]' out
	jq -c '[.format, .encoding, .records, .set_aside, .skipped, .bytes == (.bytes_of | add)]' m
	jq -c '[.error.code, .error.message, .src.offset]' r
}
cat >d.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<x:list xmlns:x="u"><head><item>no</item></head>
 <items n="1"><x:item id="1">血<b>x</b><b/></x:item><item/>
  <item>&lt;<![CDATA[<i>]]></item></items>
 <items><item id="4"><item id="5"/></item></items>
</x:list>
END
run d.xml --at /list/items/item
jq -r '._mdx.src.offset | "\(.[0]) \(.[1])"' out | while read -r from to; do
	tail -c +$((from + 1)) d.xml | head -c $((to - from))
	echo
done
run d.xml --at /x:list/items
run d.xml --at /list/none
for code in GB18030 UTF-16LE; do
	sed "1s/UTF-8/$code/" d.xml | iconv -t $code >$code.xml
	run $code.xml --at /list/items/item
	jq -r '._mdx.src.offset | "\(.[0]) \(.[1])"' out | head -1 | while read -r from to; do
		tail -c +$((from + 1)) $code.xml | head -c $((to - from)) | iconv -f $code -t utf-8
		echo
	done
done
# What breaks ends it; what is too long costs itself.
printf '<r><i>1</i><i>2</i><i>3</j></r>' >broken.xml
run broken.xml --at /r/i
awk 'BEGIN { print "<r><big>"; for (i = 0; i < 90000; i++) printf "<k>0123456789</k>"; print "</big><i>1</i><i>"
    for (i = 0; i < 9000; i++) printf "<k>0123456789</k>"; print "</i><i>3</i></r>" }' >big.xml
run big.xml --at /r/i --max-record 64k
printf '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r><i>&b;</i></r>' >bomb.xml
run bomb.xml --at /r/i
run bomb.xml
# Declared encodings are believed where the bytes do not say which they are.
printf '<?xml version="1.0" encoding="ISO-8859-1"?><r>caf\351</r>' >latin.xml
run latin.xml
printf '<?xml version="1.0" encoding="x-nobody"?><r/>' >nobody.xml
run nobody.xml
printf '<?xml version="1.0" encoding="UTF-8"?><r>\326\320\271\372\225\062\202\066</r>' >gb.xml
run gb.xml
