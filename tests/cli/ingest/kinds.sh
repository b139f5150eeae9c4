# A hospital's own row wins; a tie is no proof; --kind settles it.
printf 'kind,columns\ndialysis,透析编号;干体重\n' >own.csv
printf '透析编号,干体重,项目名称,结果,单位\n1,2,3,4,5\n' >t.csv
mdx-ingest t.csv | jq -r ._mdx.kind
mdx-ingest t.csv --kinds own.csv | jq -r ._mdx.kind
mdx-ingest t.csv --kind exam | jq -r ._mdx.kind
printf 'kind,columns\none,x;y\ntwo,x;y\n' >tie.csv
printf 'x,y\n1,2\n' >t.csv
mdx-ingest t.csv --kinds tie.csv --manifest m | jq -r ._mdx.kind
jq -c '[.kind_by, .notes]' m
printf 'kind,columns\none,x\n' >bad.csv
printf 'kind,code\none,x\n' >bad2.csv
mdx-ingest t.csv --kinds bad2.csv
