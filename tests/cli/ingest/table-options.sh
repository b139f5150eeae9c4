# What an export writes around its table, and what its writers mean by NULL.
printf 'LIS export "2024\n\na,b\n#note\n1,NULL\n,x\n"NULL",\n2,b"c\n' >t.csv
mdx-ingest t.csv -f csv --skip-lines 2 --comment '#' --null NULL \
    --sha256 never --manifest m
jq -c '[.records, .set_aside, .skipped, .bytes_of, .bytes, .notes]' m
echo "strict, and what is empty is null"
mdx-ingest t.csv -f csv --skip-lines 2 --strict-quotes --null '' \
    --rejects r --sha256 never | jq -c 'del(._mdx)'
jq -c '[.error.code, .error.message, .src.line, .raw]' r
echo "a table whose first lines are all comments"
printf '# made by\n# a "tool\na;b\n# in between\n1;2\n' |
    mdx-ingest -f csv --comment '#' | jq -c 'del(._mdx.id)'
mdx-ingest t.csv --comment '##'
echo $?
mdx-ingest t.csv --skip-lines some
echo $?
