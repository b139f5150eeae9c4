# An export that is not there does not take the place of the night that is.
head -c 32 /dev/urandom >key
chmod 600 key
printf 'OUT=%s\nKEY=%s\n' "$PWD/nights" "$PWD/key" >night.conf
mkdir -p nights/2024-11-23
echo good >nights/2024-11-23/outcome
"$TOP/scripts/mdx-night" -c night.conf -d 2024-11-23 missing.zip | sed 's/, [0-9]* s,/, N s,/'
cat nights/2024-11-23/outcome
