# A missing input and a folder are named, the others are read, status 3.
echo '{"a":1}' >in
mkdir folder
mdx-normalize none in folder --report r.json
status=$?
jq -c '[.status, .error, .in, .out.records, [.inputs[].uri]]' r.json
exit $status
