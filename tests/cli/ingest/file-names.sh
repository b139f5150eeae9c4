# Names of files in GB18030, and bytes that are no text: all that is written is
# UTF-8, each part of a path decoded by itself.
gb=$(printf '\274\354\321\351.csv')
none=$(printf '\377\376\200x.csv')
mkdir -p in/检验 "in/$(printf '\274\354')"
printf 'a,b\n1,2\n3\n' >"in/检验/$gb"
printf 'a,b\n1,2\n3\n' >"in/$none"
printf 'a,b\n1,2\n3\n' >"in/$(printf '\274\354')/二.csv"
mdx-ingest in --manifest m --rejects bad --report r >out
for f in out m bad r; do
	iconv -f utf-8 -t utf-8 <$f >/dev/null && echo "$f is UTF-8"
done
jq -r '._mdx.src.uri' out
jq -r '.uri' m
jq -r '.src.uri' bad
jq -r '.inputs[].uri' r
echo '== kinds and patterns see the names as they are written'
mdx-ingest in -q --include '*检验.csv' | jq -c '[._mdx.src.uri, ._mdx.kind]'
mdx-ingest in -q --exclude '检/*' --exclude '%FF*' | jq -r '._mdx.src.uri'
mdx-ingest "in/检验/$gb" -q | jq -c '[._mdx.src.uri, ._mdx.kind]'
