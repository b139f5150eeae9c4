# A record that is too large for its schema disarms it: the rules count as errors, and standard error says so.
echo '{"properties":{"age":{"maximum":130},"a":{"items":{"type":"integer"}}}}' >s.json
{
	awk 'BEGIN {
		printf "{\"a\":[1"
		for (i = 0; i < 1000000; i++)
			printf ",1"
		print "],\"age\":999}"
	}'
	echo '{"age":9,"a":[1]}'
} >in
mdx-qc --rules-only --schema s.json --no-output --summary s in
echo "status $?"
mdx-qc report --csv - s | cut -d, -f1,6-9,13
mdx-qc explain --rules-only --schema s.json --record in
