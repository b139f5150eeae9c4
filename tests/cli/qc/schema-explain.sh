# The rules of a schema in words.
front=$CASES/front-page.schema.json
mdx-qc explain --rules-only --schema "$front" 'schema:/properties/sex/*' 'schema:/$defs/*' |
    sed 's|from .*/|from .../|'
mdx-qc rules --rules-only --schema "$front" --format csv | cut -d, -f1,4,5,6
echo '{"id":"1","age":1e99999999999999999999,"diagnosis":[{}]}' >one
mdx-qc explain --rules-only --schema "$front" --record one
printf 'id,check,arg,message\nW,schema,@w.json,结构不符\n' >r.csv
echo '{"properties":{"id":{"minLength":3},"diagnosis":{"items":{"required":["code","main"]}}}}' >w.json
mdx-qc explain --rules-only -r r.csv --record one
mdx-qc explain --rules-only -r r.csv
