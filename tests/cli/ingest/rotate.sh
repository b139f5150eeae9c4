# Outputs that come one after the other: by size, numbered on with and without
# a state; a run that gives nothing makes no file.
python3 - <<'END'
with open("a.ndjson", "w") as f:
    for i in range(9000):
        f.write('{"n":%d,"pad":"%0100d"}\n' % (i, 0))
END
mdx-ingest --state s.db -o 'night-%n.ndjson.zst' --rotate 1M --report r a.ndjson
ls
zstd -dcq night-*.zst >all
mdx-ingest a.ndjson | cmp - all && echo 'together they are the whole'
for f in night-*.zst; do zstd -dcq "$f" | tail -n 1 | jq -c .n; done
jq -c '[.out.records, .out.bytes]' r
[ "$(sha256sum <all | cut -d ' ' -f 1)" = "$(jq -r .out.sha256 r)" ] && echo 'the report has the digest of all'
echo '== nothing new'
mdx-ingest --state s.db -o 'night-%n.ndjson.zst' --rotate 1M a.ndjson
ls night-*
echo '== the number is in the state, though the files are gone'
rm night-*
echo '{"n":-1}' >>a.ndjson
mdx-ingest --state s.db -o 'night-%n.ndjson.zst' --rotate 1M a.ndjson
ls night-*
zstd -dcq night-*.zst | jq -c .n
echo '== without a state, behind the highest that is there'
mdx-ingest -o 'night-%n.ndjson.zst' --rotate 15m a.ndjson
ls night-*
