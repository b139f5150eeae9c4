# An index of identified records is for its owner only and is marked.
umask 022
echo '{"text":"张三 13800138000","_mdx":{"id":"x"}}' | mdx-ask index -d real.db --allow-identified || exit
stat -c %a real.db
mdx-ask query 张三 real.db --count
echo "status $?"
mdx-ask query 张三 real.db --count --allow-identified
mdx-ask index -d ask.db "$CASES/records.ndjson"
echo '{"text":"张三","_mdx":{"id":"x"}}' | mdx-ask index -d ask.db --allow-identified
