# A row is out while its writer still has the pipe open.
mkfifo in
mdx-ingest -f csv <in >out &
{
	printf 'a,b\n1,2\n'
	for i in 1 2 3 4 5 6 7 8 9 10; do
		[ -s out ] && break
		sleep 0.05
	done
	cat out >early
	printf '3,4\n'
} >in
wait
cat early
echo --
cat out
