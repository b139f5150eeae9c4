# With two workers lines of JSON are read by three threads: one reads ahead,
# one checks.  Output, rejects and account are those of one worker.
awk 'BEGIN {
	for (i = 1; i <= 9000; i++) {
		if (i % 1000 == 17)
			printf "{\"a\":%d,\"cut\":\n", i
		else if (i % 1000 == 18)
			printf "\n"
		else if (i % 1000 == 19)
			printf "  [%d,\"列\"]\r\n", i
		else if (i % 1000 == 20)
			printf "{\"a\":%d,\"\\u005fmdx\":1,\"b\":\"中文\\u4e2d\"}\n", i
		else if (i == 8021) {
			printf "{\"long\":\""
			for (k = 0; k < 9000; k++)
				printf "很长"
			printf "\"}\n"
		} else
			printf "{\"a\":%d,\"诊断\":\"胆囊结石伴慢性胆囊炎\",\"b\":[1.50,true]}\n", i
	}
	printf "{\"a\":\"no line end\"}"
}' >lines.ndjson
printf '\n{"b":"\260\242"}\n{"c":"\377"}\n' >>lines.ndjson
zstd -q lines.ndjson
gzip -k lines.ndjson
for file in lines.ndjson lines.ndjson.zst lines.ndjson.gz; do
	for j in 1 2; do
		mdx-ingest -j $j --max-record 20K --rejects $j.rejects \
		    --report $j.report -o $j.out $file
		jq -cS 'del(.started,.finished,.seconds,.outputs,.options,.jobs)
		    | .ingest' $j.report >$j.account
		jq -c 'del(.time)' $j.rejects >$j.why
	done
	cmp 1.out 2.out && cmp 1.why 2.why && cmp 1.account 2.account &&
	    echo "$file: $(wc -l <2.out) records, $(wc -l <2.why) set aside"
done
jq -r '.error.code // .error' 2.rejects | sort | uniq -c
