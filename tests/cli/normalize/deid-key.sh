# Without a key that can be trusted there is no run.
echo '{}' >in
mdx-normalize --deid research in
echo $?
echo short >key; chmod 600 key
mdx-normalize --deid research --key key in
echo $?
printf '%s\n' 0123456789abcdef0123456789abcdef >key; chmod 644 key
mdx-normalize --deid research --key key in
echo $?
cat >policy.csv <<'END'
field,class,arg
@name,x,
*,keep,
END
mdx-normalize --deid ./policy.csv --key key in
