# A header that is set aside leaves no names: the next row is data all the same,
# with its values in numbered columns, and none of it is a name.
printf 'a\377,b\n1,2\n3,4\n' >bytes.csv
printf '"a,b\n1,2\n3,4\n' >quote.csv
printf 'a_long_name,b\n1,2\n3,4\n' >long.csv
for f in bytes quote long; do
	mdx-ingest $f.csv --max-record 12 --manifest m | jq -c 'del(._mdx)'
	jq -c '[.columns, .notes, .records, .set_aside, .skipped]' m
done
echo '== names that are given stay'
mdx-ingest bytes.csv --header x,y | jq -c 'del(._mdx)'
mdx-ingest bytes.csv --header no | jq -c 'del(._mdx)'
