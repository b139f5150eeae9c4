# A rule file may be a pipe: its digest in the report is that of what was read.
printf 'id,field,check,message\nA,x,required,x\n' >r.csv
echo '{"x":1}' >in
mdx-qc --rules-only -r /dev/stdin --report pipe.json in <r.csv
mdx-qc --rules-only -r r.csv --report file.json in
for f in pipe file; do
	jq -r '.tables[] | .path + " " + .sha256' $f.json
done
sha256sum r.csv
