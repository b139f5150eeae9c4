# An array behind const is one value, which no value set holds; false on the
# record itself is named as left out.
cat >const.json <<'JSON'
{"properties": {"x": {"const": ["a", "b"]}, "y": {"const": "a"}, "z": {"enum": [["a"], "b"]}},
 "if": {"properties": {"y": {"const": ["F"]}}, "required": ["y"]},
 "then": {"required": ["x"]}}
JSON
mdx-qc import schema const.json
echo "status $?"
echo false >false.json
mdx-qc import schema false.json
echo "status $?"
cat >then.json <<'JSON'
{"if": {"properties": {"sex": {"const": "F"}}, "required": ["sex"]},
 "then": false,
 "allOf": [false, {"required": ["id"]}]}
JSON
mdx-qc import schema then.json
echo "status $?"
