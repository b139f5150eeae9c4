# What each source is, without reading on; the tables of formats and kinds.
cp "$TOP/tests/data/night/night.zip" .
mdx-ingest --inspect night.zip |
    jq -c '[.member[-1], .format, .encoding, .kind, .kind_by]'
mdx-ingest --list formats
mdx-ingest --list kinds | jq -r .group | sort | uniq -c
