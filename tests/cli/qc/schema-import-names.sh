# Rows are about the members that the schema names: a name that the catalogue
# gives to another place, or with signs that fold, stands in quotes, and in no
# condition; under --rules-only there is no catalogue.
cat >names.json <<'JSON'
{"required": ["bmi", "年龄（岁）"],
 "properties": {
   "bmi": {"type": "number"},
   "年龄（岁）": {"type": "integer", "minimum": 18},
   "lab": {"type": "object", "properties": {"WBC": {"type": "number"}}},
   "a\\b": {"type": "string"},
   "c\u0000d": {"type": "string"}},
 "dependentRequired": {"bmi": ["height"], "年龄（岁）": ["sex"], "dept": ["doctor"]},
 "if": {"properties": {"bmi": {"const": "high"}}, "required": ["bmi"]},
 "then": {"required": ["advice"]}}
JSON
mdx-qc import schema names.json -o rows.ndjson
echo "status $?"
jq -c '[.id, .field, .when]' rows.ndjson
cat >in <<'ROWS'
{"bmi":22,"年龄（岁）":30,"lab":{"WBC":4.5}}
{"bmi":"22kg","年龄（岁）":17,"lab":{"WBC":"many"},"dept":"内科"}
{"indicators":{"bmi":22}}
ROWS
mdx-qc -r rows.ndjson --only '*required*,*type*,*range*' --fail-on never in | jq -c '[(._mdx.qc // [])[].rule | select(startswith("x") or startswith("bmi-") or startswith("lab") or startswith("doc"))]'
echo '{"properties":{"bmi":{"type":"number"}},"anyOf":[{"required":["bmi"]}]}' >bmi.json
mdx-qc import schema bmi.json | jq -c '[.field, .arg]'
mdx-qc --rules-only import schema bmi.json | jq -c '[.field, .arg]'
