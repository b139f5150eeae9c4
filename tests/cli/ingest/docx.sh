# Documents of a word processor: what python-docx writes, and what it cannot.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" "$CASES/make_docx.py" || exit 1
for f in hand.docx other.docx late; do
	mdx-ingest --sha256 never --manifest m $f | jq -c '[.text, ._mdx.src]'
	jq -c '[.format, .notes, .bytes == (.bytes_of | add)]' m
done
for f in broken deep bomb entity; do
	mdx-ingest -q --rejects r $f.docx
	echo "status $?"
	jq -c '.error' r
done
