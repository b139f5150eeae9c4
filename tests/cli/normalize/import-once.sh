# A category whose name stands only in its first row is the parent of the
# others, too; a code map without its editions, and a filled review file that
# was saved as a spreadsheet, are told what they lack.
cat >医保2.0.csv <<'CSV'
类目代码,类目名称,诊断代码,诊断名称
A01,伤寒,A01.000,伤寒
A01,,A01.001,伤寒性脑膜炎
A02,,A02.000,沙门菌肠炎
CSV
mdx-normalize import --terms terms 医保2.0.csv
cat terms/*.csv
printf '国临版编码,医保版编码\nA01.000,A01.000\n' >对照.csv
mdx-normalize import --terms terms 对照.csv
echo "exit $?"
printf 'PK\003\004\024\000' >todo.xlsx
mdx-normalize learn --terms terms todo.xlsx
