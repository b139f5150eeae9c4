# What is said of --corrections is the same whatever -j: a row that one record
# takes and another of the same key cannot has changed a record.  A path that
# the packs lack is told by its column; other outputs are refused.
for i in 1 2 3 4; do
	echo '{"text":"右叶结节微波消融，功率40W。","_mdx":{"id":"r1"}}'
	echo '{"text":"未见结节。","_mdx":{"id":"r1"}}'
done >in.ndjson
printf 'key,path,new_value,reviewer\nr1,lesion.1.power,45,W\nr1,lesion.9.power,45,W\n' >filled.csv
mdx='mdx-extract -p thyroid-ablation --corrections'
for j in 1 4; do
	$mdx filled.csv -j $j in.ndjson | cksum
done
printf 'key,path,new_value,reviewer\nr1,张三.power,45,W\n' >bad.csv
$mdx bad.csv in.ndjson
echo "status $?"
$mdx filled.csv --table in.ndjson
echo "status $?"
$mdx filled.csv --long in.ndjson
