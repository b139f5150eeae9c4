# The delimiter is found; options name what cannot be.
printf 'a\tb\n1\t2\n' >t; mdx-ingest t -f csv --sha256 never
printf 'a;b\n1;2\n' | mdx-ingest -f csv
printf '1|2\n' | mdx-ingest -f csv --header x,y
printf '1,2\n' | mdx-ingest -f csv --header no
printf "a,b\n'x,y',2\n" | mdx-ingest -f csv --quote "'"
printf 'a,b\n"x,2\n' | mdx-ingest -f csv --quote none
printf 'a,b\n1\n1,2,3\n' | mdx-ingest -f csv --ragged pad
printf 'only\nx\n\ny\n' | mdx-ingest -f csv
