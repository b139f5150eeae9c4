# lint of a schema: what can never hold is a fault, what says nothing a warning.
cat >l.json <<'JSON'
{"properties":{
 "a":{"minLength":5,"maxLength":2,"type":"integer"},
 "b":{"minimum":5,"exclusiveMaximum":5},
 "c":{"enum":[],"x-label":"c"},
 "d":{"type":"string","enum":[1,2]},
 "e":{"type":["integer","null"],"enum":[1,1.5,null]},
 "f":{"format":"date","then":true,"minContains":1},
 "g":{"if":true},
 "h":{"required":["x","y"],"properties":{"x":false}},
 "i":{"required":["z"],"additionalProperties":false},
 "j":{"$ref":"#/$defs/used/items"}
},
"$defs":{"used":{"items":{"type":"string"}},"unused":{"type":"null"}}}
JSON
mdx-qc lint --rules-only --schema l.json
echo "status $?"
printf 'id,check,arg,message,owner\nA,schema,@l.json,x,me\nB,schema,@l.json formats,x,me\n' >r.csv
mdx-qc lint --rules-only -r r.csv 2>&1 | grep -c warning
mdx-qc lint --rules-only --schema "$CASES/front-page.schema.json"
echo "status $?"
