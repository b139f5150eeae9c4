# What each source is, without reading on; the tables of formats and kinds.
cp "$TOP/tests/data/night/night.zip" .
mdx-ingest --inspect night.zip |
    jq -c '[.member[-1], .format, .encoding, .kind, .kind_by]'
mdx-ingest --list formats
mdx-ingest --list kinds | jq -r .group | sort | uniq -c
# The report adds up all the same: a line of the output is a piece.
printf 'a,b\n\377\377\377\n1,2\n' >bad.csv
printf '{"a":1}\n' >p.ndjson
: >empty
adds_up() {
	mdx-ingest -q --inspect --report r.json --rejects x "$@" >out
	jq -c --slurpfile out out '.skipped as $skipped |
	    [.ingest.pieces, .out.records, .set_aside, ($skipped | add // 0),
		([.inputs[].records] | add), .ingest.formats,
		.ingest.pieces == .out.records + .set_aside + ($skipped | add // 0),
		.out.records == ($out | length)]' r.json
}
adds_up night.zip
adds_up bad.csv p.ndjson empty night.zip -j 2
mkdir d && cp p.ndjson d/ && ln -s p.ndjson d/link
adds_up --exclude '*.hl7' d
