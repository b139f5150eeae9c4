# Of --table, --flat and --long there can be one.
echo '{"text":"右叶结节微波消融"}' >in.ndjson
for options in '--flat --long' '--flat --table' '--long --table=csv'; do
	# shellcheck disable=SC2086
	mdx-extract -p thyroid-ablation $options in.ndjson
	echo $?
done
