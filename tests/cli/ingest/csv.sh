# A table: values as they stood, place and id; what is wrong is set aside.
printf '\357\273\277id,name,value,name,,_mdx\r\n' >t.csv
printf '00012,"a ""b""",0.10,x,,1\r\n' >>t.csv
printf '\r\n1,2\r\n' >>t.csv
printf '1234567890123456789,"two\nlines",3/4/21, y ,z,\r\n' >>t.csv
printf 'open,"quote,5,6,7,8\r\nlast,b"c,1,2,3,4' >>t.csv
mdx-ingest t.csv --sha256 never --manifest m
status=$?
cat m
exit $status
