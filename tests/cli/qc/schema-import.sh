# A schema as rows of a rule file: what no row says is named, and makes the
# status 1; the rows are ones that mdx-qc takes.
cat >visit.json <<'JSON'
{
  "title": "visit",
  "type": "object",
  "required": ["id", "dept.name"],
  "properties": {
    "id": {"type": "string", "minLength": 3, "maxLength": 9},
    "性别": {"title": "患者性别", "enum": ["男", "女", null]},
    "age": {"type": ["integer", "null"], "minimum": 0, "exclusiveMaximum": 130},
    "kind": {"const": "inpatient"},
    "fee": {"type": "number", "multipleOf": 0.01},
    "code": {"pattern": "^[A-Z]\\d\\d"},
    "phone": {"type": "string", "pattern": "^\\d{11}$"},
    "old": false,
    "labs": {"type": "array", "minItems": 1, "items": {
      "type": "object", "required": ["item"], "properties": {"item": {"type": "string"}}}},
    "tree": {"$ref": "#/$defs/tree"}
  },
  "dependentRequired": {"fee": ["kind"]},
  "anyOf": [{"required": ["id"]}, {"required": ["phone"]}],
  "if": {"properties": {"kind": {"enum": ["inpatient", "day case"]}}, "required": ["kind"]},
  "then": {"required": ["age"]},
  "additionalProperties": true,
  "$defs": {"tree": {"properties": {"next": {"$ref": "#/$defs/tree"}}}}
}
JSON
mdx-qc import schema visit.json -o rows.ndjson
echo "status $?"
cat rows.ndjson
cat >in <<'ROWS'
{"id":"V01","dept.name":"内科","性别":"男","age":30,"kind":"inpatient","labs":[{"item":"GLU"}]}
{"id":"V","性别":"M","age":130,"old":1,"fee":1,"labs":[{}]}
{"id":"V03","dept.name":"内科","kind":"inpatient","labs":[],"phone":"123"}
ROWS
mdx-qc --rules-only -r rows.ndjson --fail-on never in
echo '{"properties":{"a":{"type":"string"}}}' >all.json
mdx-qc import schema all.json
echo "status $?"
echo '{"propertees":{}}' >bad.json
mdx-qc import schema bad.json
echo "status $?"
mdx-qc import xsd bad.json
echo "status $?"
