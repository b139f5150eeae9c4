# With two workers a table is read by two threads, and the output is the same
# byte for byte: rejects, blank lines, mixed encodings and long rows included.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
"$python" - <<'END'
import random

r = random.Random(4)
with open('big.csv', 'wb') as f:
    f.write('编号,名称,备注\n'.encode())
    for i in range(60000):
        name = r.choice(('血糖', '偏头痛', 'a\\b', 'x"y', '"q ""q"" q"'))
        note = r.choice(('', 'n' * r.randint(0, 300), '"two\nlines"'))
        row = f'{i},{name},{note}'
        if i % 997 == 0:
            row += ',more'
        if i % 1499 == 0:
            row = '1,"open'
        code = 'gb18030' if i % 3 == 0 else 'utf-8'
        f.write(row.encode(code) + r.choice((b'\n', b'\r\n', b'\n\n')))
        if i % 9001 == 0:
            f.write(b'\xff\xff,1,2\n')
with open('open.csv', 'wb') as f:
    f.write(b'a,b\n' + b'1,"x\n' * 200000 + b'2,y\n')
END
for jobs in 1 2; do
	mdx-ingest -j $jobs big.csv --manifest m$jobs --rejects r$jobs \
	    --max-rejects 100% >o$jobs
done
cmp o1 o2 && cmp m1 m2 && cmp r1 r2 && echo "all the same"
jq -c '[.encoding, .records, .set_aside, .skipped, .dialect, .notes,
    .bytes == (.bytes_of | add)]' m1
mdx-ingest -j 2 <big.csv | tail -n 1 | jq -c ._mdx.src.row
echo "200,000 open quotes"
timeout 60 mdx-ingest open.csv --max-rejects 100% --manifest m 2>/dev/null |
    jq -c 'del(._mdx)'
jq -c '[.records, .set_aside]' m
