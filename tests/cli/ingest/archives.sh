# Archives in archives, links, names that climb, and limits.
mkdir d && printf 'a,b\n1,2\n' >d/t.csv && ln -s t.csv d/link
tar cf inner.tar d && gzip inner.tar && printf x >'..up.txt'
tar cf outer.tar inner.tar.gz ..up.txt --transform 's,^\.\.up,../../up,' 2>/dev/null
mdx-ingest outer.tar --sha256 never --manifest m 2>&1
jq -c '[.member, .format, .skipped, .records]' m
echo "nesting"; mdx-ingest outer.tar --max-nesting 1 --include '*.csv'; echo "status $?"
head -c 3000000 /dev/zero | gzip >zeros.gz
echo "ratio"; mdx-ingest zeros.gz --max-ratio 20; echo "status $?"
echo "exclude"; mdx-ingest outer.tar --exclude '*.tar.gz' --sha256 never; echo "status $?"
