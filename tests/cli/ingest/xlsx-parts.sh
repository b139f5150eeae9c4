# What cells can be, written part by part: rich text, errors, dates of both
# epochs, the day that never was, sparse rows, escapes; which sheets are read.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
"$python" "$CASES/xlsx-parts.py"
mdx-ingest parts.xlsx --sha256 never --manifest m --rejects r |
    jq -c 'del(._mdx.id)'
jq -c '[.member, .kind_by, .records, .set_aside, .skipped, .notes]' m
jq -c '[.error.code, .src.line]' r
echo "strict, 1904"
mdx-ingest strict.xlsx --sha256 never | jq -c 'del(._mdx)'
echo "a small file does not fill the memory"
mdx-ingest bomb.xlsx --sha256 never --ragged pad --rejects r --max-record 1M |
    jq -c 'del(._mdx)'
jq -c '[.error.code, .src.line]' r
echo "sheets by name, number, hidden, missing"
mdx-ingest parts.xlsx --sheet 字典 --sha256 never --manifest m --rejects r |
    jq -c 'del(._mdx.id)'
jq -c '[.member, .skipped]' m
mdx-ingest parts.xlsx --sheet 2 --sheet 检验 | jq -c '._mdx.src.member' | uniq -c
mdx-ingest parts.xlsx --sheet 3 --sheet 字典 --rejects r | jq -c '.A'
jq -c '[.error, .src.member]' r
echo "header, lines above it, null"
mdx-ingest parts.xlsx --header no --skip-lines 6 --ragged pad --null 1 \
    --rejects r | jq -c '[del(._mdx), ._mdx.src.line]'
mdx-ingest parts.xlsx --header a,b --sheet 字典 --null rich | jq -c 'del(._mdx)'
