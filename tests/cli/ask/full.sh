# Where the disk is full the last batch stands, and the index is whole.
awk 'BEGIN { for (i = 0; i < 12000; i++)
	printf "{\"text\":\"甲状腺结节第%d次复查\",\"_mdx\":{\"id\":\"r%d\",\"deid\":{}}}\n", i, i }' >in.ndjson
trap '' XFSZ
(ulimit -f 800; mdx-ask index -d ask.db in.ndjson) 2>err
echo "status $?"
wc -l <err
mdx-ask index -d ask.db --check && echo whole
mdx-ask index -d ask.db --report report.json in.ndjson && jq -c '.ask.indexed + .ask.unchanged' report.json
mdx-ask index -d ask.db --check && echo whole
mdx-ask query --exact 第11999次 ask.db --count
