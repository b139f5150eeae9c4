# Ends of lines, blanks, bytes that are no text: each line has one fate.
printf '{"a":1}\r\n\n  \t\n{"a":"\377"}\n{"a":"\000"}\n[1]\n{"a":2}' >in
mdx-normalize in --rejects r --report r.json | od -c | cut -c 9-
jq -c '[.error.code, .src.line, (.raw // .raw_b64)]' r
jq -c '[.status, .in.records, .out.records, .set_aside, .skipped]' r.json
mdx-normalize in --max-rejects 3 >/dev/null; echo $?
mdx-normalize in --max-rejects 42% >/dev/null 2>&1; echo $?
mdx-normalize in --max-rejects 43% >/dev/null 2>&1; echo $?
: >empty
mdx-normalize empty -o out --max-rejects 0% && wc -c <out
