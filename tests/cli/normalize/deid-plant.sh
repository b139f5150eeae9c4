# 10,000 identifiers planted in any member, width, escape, nesting and part of
# _mdx: none can be read in records, rejects, report or messages.
data=$TOP/tests/data/deid
python3 "$data/plant.py" make 10000 7 .
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
mdx-normalize --deid research --key key --rejects rejects --report report \
    -o out.ndjson in.ndjson 2>messages
echo "status $?"
mdx-normalize --deid research --key key -v in.ndjson 2>>messages >/dev/null
[ "$(cat out.ndjson rejects | wc -l)" = 10000 ] || echo "records are lost"
[ "$(wc -l <out.ndjson)" -gt 5000 ] || echo "too much is set aside"
python3 "$data/plant.py" look . out.ndjson rejects report messages && echo none
# What looks for them can see them.
[ "$(python3 "$data/plant.py" look . in.ndjson | wc -l)" -gt 9000 ] && echo seen
