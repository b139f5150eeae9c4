# diff names the rules that stand otherwise, by how much, and those that are
# in one of the summaries only; what stands as before is left out.
cat >r.csv <<'END'
id,field,check,arg,max_fail,message
SAME,name,required,,,姓名缺失
WORSE,phone,required,,30%,"电话缺失, 常见"
BETTER,age,range,"[0,130]",,年龄异常
NEVER,none,range,"[0,1]",,从未出现
END
cat >old <<'END'
{"name":"","phone":"1","age":200}
{"name":"x","phone":"","age":20}
{"name":"x","phone":"1","age":20}
{"name":"x","phone":"1","age":20}
END
sed 's/"phone":"1"/"phone":""/; s/200/20/' old >new
mdx-qc --rules-only -r r.csv --no-output --fail-on never --summary s.old old
sed -i 's/^NEVER/LATER/' r.csv
mdx-qc --rules-only -r r.csv --no-output --fail-on never --summary s.new new
mdx-qc diff s.old s.new
mdx-qc diff s.old s.old
mdx-qc diff s.old; echo "status $?"
