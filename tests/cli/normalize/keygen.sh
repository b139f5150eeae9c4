# A key is made once, for its owner only, and never overwritten.
mdx-normalize keygen key || exit 9
stat -c %a key
wc -c <key
mdx-normalize keygen key
