# The deck's table: percentages are cut, a missing group has its name, and all
# records together come last.  The page escapes what comes from data.
cat >r.csv <<'END'
id,field,check,message
A,name,required,姓名<缺失>
B,phone,required,电话缺失
END
i=0
while [ $i -lt 3 ]; do echo '{"dept":"<b>\"&呼吸","t":"2024-01-31 23:00:00","name":"x","phone":"1"}'; i=$((i + 1)); done >in
echo '{"t":"2024-01-31T17:00:00Z","name":"x"}' >>in
mdx-qc --rules-only -r r.csv --by 'dept,month(t)' --no-output --fail-on never --summary s in
mdx-qc report --coverage - --fail-on never s
mdx-qc report --html page.html --title '质控 <script>' --fail-on never s
grep -c '<script' page.html
grep -o "default-src 'none'" page.html
grep -o '<section id="[a-z]*"' page.html
grep -o '<th scope="row">&lt;b&gt;[^<]*' page.html
