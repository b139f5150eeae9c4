# A Bundle gives one record an entry, byte for byte, with its kind.
cat >bundle.json <<'END'
{"resourceType": "Bundle", "type": "collection", "entry": [
 {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "p1"}},
 {"fullUrl": "urn:uuid:2", "resource": {"resourceType":"Observation",
   "category":[{"coding":[{"code":"laboratory"}]}],"valueQuantity":{"value":5.60}}},
 {"request": {"method": "DELETE"}}
], "total": 2}
END
mdx-ingest bundle.json --sha256 never --manifest m
jq -c '[.format, .kinds, .records, .skipped, .bytes_of, .bytes]' m
inputs=$TOP/../shared/data/inputs
[ -d "$inputs/fhir" ] || exit 0
for f in "$inputs"/fhir/*.ndjson; do
	mdx-ingest "$f" >out || echo "status $?"
	sed 's/,"_mdx":{[^{]*{[^{]*}}}$/}/' out | cmp - "$f"
done
