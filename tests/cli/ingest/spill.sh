# Lines of a file that wait for their turn go to a file without a name; where
# there is no room for one, the worker waits.  The output is the same.
mkdir in
for f in 1 2 3; do
	awk -v f=$f 'BEGIN { print "patient_id,test,value"
		for (i = 0; i < 60000; i++) print f i ",血清葡萄糖测定," i % 30 }' >in/$f.csv
done
mdx-ingest -j 1 in >one.ndjson
wc -l <one.ndjson
mdx-ingest -j 3 in | cmp - one.ndjson && echo same
mkdir spool
mdx-ingest -j 3 --spool-dir spool in | cmp - one.ndjson && echo same
find spool -type f | wc -l
mdx-ingest -j 3 --spool-dir /nonexistent in | cmp - one.ndjson && echo same
