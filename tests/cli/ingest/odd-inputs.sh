# What a clumsy user gives: nothing of it is lost in silence.
printf 'a,b\n1,2\n' >t.csv
echo "forced into a format that it is not"
mdx-ingest -f hl7 t.csv; echo "status $?"
echo "a table by its options alone"
printf '# a\nx~y\n1~2\n' | mdx-ingest --delimiter '~' --comment '#' --sha256 never | jq -c '[.x, .y]'
printf 'title\nx,y\n1,2\n' | mdx-ingest --skip-lines 1 | jq -c '[.x, .y]'
echo "an empty column name is noted"
printf 'a,,b\n1,2,3\n' | mdx-ingest --manifest m >out; jq -c .notes m
mdx-ingest t.csv --header no --manifest m >out; jq -c .notes m
echo "an empty folder has its line"
mkdir d && mdx-ingest d --manifest m; jq -c '[.uri, .skipped]' m
echo "a kind of source that is not known"
mdx-ingest gopher://x/y; echo "status $?"
