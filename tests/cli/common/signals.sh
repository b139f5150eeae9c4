# SIGTERM while a pipe has no writer yet ends the tool at once, with 143.
mkfifo pipe
for jobs in 1 4; do
	mdx-normalize -j $jobs pipe none -o out &
	sleep 0.5
	kill -TERM $!
	wait $!
	echo $?
done
ls
