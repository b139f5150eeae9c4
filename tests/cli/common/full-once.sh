# A full disk is said once, by each tool.
[ -c /dev/full ] || { echo "no /dev/full"; exit 77; }
echo '{"a":1}' >one
for tool in ingest normalize "extract -p thyroid-ablation" "qc --fail-on never"; do
	i=0
	while [ $i -lt 13 ]; do cat one one >two; mv two one; i=$((i + 1)); done
	# shellcheck disable=SC2086
	mdx-$tool one >/dev/full
	echo "$tool: status $?"
	echo '{"a":1}' >one
done
