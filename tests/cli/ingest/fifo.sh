# A FIFO by its name: it is opened once, so that nothing of its writer is lost.
for i in 1 2 3 4 5 6 7 8; do
	mkfifo pipe
	printf 'a,b\n1,2\n' >pipe &
	timeout 20 mdx-ingest pipe | jq -c '[.a, .b]'
	wait $! || echo "writer: $?"
	rm pipe
done
