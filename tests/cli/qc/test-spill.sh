# What cases keep for rules that compare records obeys --memory and --spill.
printf 'id,field,check,message\nU,id,unique,x\n' >r.csv
awk 'BEGIN {
	printf "{\"case\":\"late\",\"before\":[{\"id\":0}"
	for (i = 1; i < 4000; i++)
		printf ",{\"id\":%d}", i
	print "],\"record\":{\"id\":7},\"expect\":[\"U\"]}"
}' >cases
mdx-qc test --rules-only -r r.csv cases
mdx-qc test --rules-only -r r.csv --memory 1 --spill . cases
mdx-qc test --rules-only -r r.csv --memory 1 --spill nowhere cases
echo "status $?"
