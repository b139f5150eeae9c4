# The same records have the same ids from a file, a pipe, gzip and any -j.
cp "$TOP/tests/data/night/night.zip" .
cut_ids() { jq -r ._mdx.id; }
zip=night.zip
mdx-ingest "$zip" --rejects r 2>/dev/null | cut_ids >file
mdx-ingest "$zip" --rejects r 2>/dev/null | cut_ids >again
mdx-ingest --rejects r <"$zip" 2>/dev/null | cut_ids >pipe
cmp file again && cmp file pipe && wc -l <file
printf 'a,b\n1,2\n3,4\n' >t.csv
gzip -k t.csv
mdx-ingest t.csv | cut_ids >one
mdx-ingest t.csv.gz | cut_ids >two
cat t.csv | mdx-ingest | cut_ids >three
cmp one two && cmp one three
printf '5,6\n' >>t.csv
mdx-ingest t.csv | cut_ids | head -n 2 | cmp one - && echo "a file that grew"
mkdir p1 p2
cp t.csv p1; cp t.csv p2
mdx-ingest p1/t.csv | cut_ids >named
mdx-ingest . --include 't.csv'  | jq -r '._mdx.src.uri' | sort | uniq -c
mdx-ingest p1 p2 -j 1 >j1
mdx-ingest p1 p2 -j 4 >j4
cmp j1 j4 && echo "any -j"
