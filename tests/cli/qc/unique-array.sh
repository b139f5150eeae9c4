# An array of 200,000 values is looked through once; a value that comes back
# beyond 65,536 others is one breach of one record.
cat >r.csv <<'END'
id,field,check,arg,message
L,a[],unique,later,x
A,a[],unique,all,x
END
awk 'BEGIN {
	printf "{\"a\":[0"
	for (i = 1; i < 200000; i++)
		printf ",%d", i % 65536 == 0 ? 0 : i
	print "]}"
}' >in
mdx-qc --rules-only -r r.csv --fail-on never --summary s in | grep -o '"qc".*'
grep -o '"rule":"[LA]".*"error":[0-9]*' s
# The same record once more breaks it everywhere, and few values do as many.
cat in in >twice
echo '{"a":[1,2,1,1]}' >>twice
mdx-qc --rules-only -r r.csv --fail-on never --summary s --no-output twice
grep -o '"rule":"[LA]".*"error":[0-9]*' s
