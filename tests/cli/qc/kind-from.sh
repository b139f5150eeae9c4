# --kind-from name: the kind of records that carry none is their file's name up
# to its first dot.
cat >r.csv <<'END'
id,kind,field,check,message
P,person,a,required,x
V,visit,a,required,x
END
mkdir omop
echo '{"b":1}' | gzip >omop/person.2024.ndjson.gz
printf '{"b":2}\n{"b":3,"_mdx":{"kind":"person"}}\n' >omop/visit.ndjson
mdx-qc --rules-only -r r.csv --kind-from name --fail-on never omop/*
echo '{"b":4}' | mdx-qc --rules-only -r r.csv --kind-from name
mdx-qc --rules-only -r r.csv --kind-from path omop/visit.ndjson
mdx-qc --rules-only -r r.csv --kind-from name --kind x omop/visit.ndjson
