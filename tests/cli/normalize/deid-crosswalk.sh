# A crosswalk is kept only where it is asked for: what pseudonyms stand for.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
cat >in <<'END'
{"patient_id":"0000000012","visit_id":"V,1"}
{"patient_id":"0000000012","visit_id":"V\"2"}
{"patient_id":"00000000１2"}
END
umask 022
mdx-normalize --deid research --key key -j 2 --crosswalk walk.csv in >out || exit 9
cat walk.csv
stat -c %a walk.csv
mdx-normalize --deid research --key key -j 1 --crosswalk again.csv in >/dev/null && cmp walk.csv again.csv
jq -r '.patient_id, .visit_id // empty' out | sort -u | while read -r id; do grep -c ",$id," walk.csv; done
mdx-normalize --crosswalk walk.csv in
echo $?
mdx-normalize --deid research --audit --crosswalk walk.csv in
echo $?
