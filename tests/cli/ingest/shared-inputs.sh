# What others made reads without a reject: FHIR bulk files and C-CDA.
inputs=$TOP/../shared/data/inputs
[ -d "$inputs" ] || { echo "no ../shared/data/inputs"; exit 77; }
cd "$inputs" || exit 1
mdx-ingest . --exclude README.md --manifest /dev/stderr 2>&1 >/dev/null |
    jq -c '[.uri, .format, (.kind // .kinds), .records, .set_aside,
    .bytes == (.bytes_of | add)]'
