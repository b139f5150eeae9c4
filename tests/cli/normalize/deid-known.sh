# What a patient's own record and --known say is removed wherever it stands.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
cat >known.ndjson <<'END'
{"patient_id":"７","name":"司马 相如","contact_name":"卓文君、王吉","id_card":"X12345","phone":"555-0199"}
{"name":"nobody"}
{"patient_id":"8","name":"高血压"}
END
mdx-normalize --deid research --key key --known known.ndjson <<'END' | jq -c 'del(._mdx)'
{"patient_id":7,"text":"司马相如因司 马　相 如同意，卓文君与王吉在场，x12345，555-0199，５５５-０１９９"}
{"patient_id":"8","name":"不详","doctor":"李时珍/华佗","text":"不详。李时珍与华佗商议，司马相如不识"}
{"patient_id":"9","name":"王芳之女","text":"王芳在旁，王芳之女啼哭"}
END
echo '{"patient_id":' >bad
mdx-normalize --deid research --key key --known bad in
echo $?
