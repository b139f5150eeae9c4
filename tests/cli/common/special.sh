# Pipes and devices as files; a name in /dev is never replaced.
echo '{"a":1}' >in
mkfifo pipe
cat in >pipe &
mdx-normalize pipe -o /dev/stdout | cat
mdx-normalize in -o /dev/stdout >plain; cat plain
cat pipe &
mdx-normalize in -o pipe
wait
mdx-normalize - <in
gzip <in | mdx-normalize -o out.gz; gzip -dc out.gz
mdx-normalize -o in in; cat in
