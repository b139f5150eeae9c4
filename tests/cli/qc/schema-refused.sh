# What a schema says and nobody knows is refused before the first record: all of
# it, each with its line, its place and what to do.
cat >bad.json <<'JSON'
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "definitions": {"a": {}},
  "properties": {
    "sex": {"enun": ["男"]},
    "age": {"type": "int", "minimum": "0"},
    "dept": {"$ref": "https://vendor.example/dept.json"},
    "code": {"pattern": "(a)\\1"},
    "note": {"x-label": "备注", "nullable": true}
  },
  "items": [true]
}
JSON
run() {
	mdx-qc --rules-only "$@" </dev/null
	echo "status $?"
}
run --schema bad.json
echo '{"anyOf":[{"$ref":"#"},true]}' >loop.json
run --schema loop.json
echo '{"type":' >cut.json
run --schema cut.json
run --schema missing.json
echo '{"title":"nothing is asserted","x-own":1}' >empty.json
run --schema empty.json
run --schema empty.json --schema cut.json
run --schema-at a -r "$CASES/rules.csv"
echo '{"format":"iri"}' >format.json
run --schema format.json --schema-formats
cat >r.csv <<'ROWS'
id,field,check,arg,missing,message
A,a,schema,@bad2.json,,x
B,b,schema,file.json,,x
C,c,schema,@missing.json,,x
D,d,schema,@bad2.json,null,x
ROWS
echo '{"requird":["a"]}' >bad2.json
run -r r.csv
printf 'id,check,when\nschema:/type,,a = 1\n' >when.csv
echo '{"type":"object"}' >type.json
run --schema type.json -r when.csv
