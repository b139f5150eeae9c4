# A second pass with one policy and key changes nothing; another key is refused.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
printf '%s\n' 1123456789abcdef0123456789abcdef >other
chmod 600 key other
echo '{"patient_id":"1","age":"93岁","time":"2024-01-01"}' |
	mdx-normalize --deid research --key key >once || exit 9
mdx-normalize --deid research --key key once | cmp - once && echo same
mdx-normalize once | cmp - once && echo same
mdx-normalize --deid research --key other once
