# Sizes take K, M, G, T of either case; options may follow operands; -- ends them.
printf '{"a":"%01500d"}\n' 0 >in
for size in 1K 1k 1500 2K 1M 1g 1T; do
	mdx-normalize -j 1 in --max-record $size --rejects r --max-rejects 1 | wc -l | tr '\n' ' '
done
echo
cp in ./-x
mdx-normalize -- -x | wc -l
