# Every tool names itself and its version; nothing else is done.
for tool in ingest normalize register; do
	mdx-$tool --version | sed 's/[0-9][0-9.]*$/N/'
	mdx-$tool -V nothing-here >/dev/null; echo $?
done
