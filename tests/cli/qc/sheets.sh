# Rule files survive spreadsheets: a byte order mark, GB18030, full-width signs.
cat >r.csv <<'END'
编号,启用,字段,检查,参数,条件,缺失,级别,允许,提示
Ａ－１,１,age,范围,［０，１３０］,sex = "男",,警告,２％,年龄（岁）
B,,ｓｅｘ,值域,男｜女｜不详（空）,age ＞＝ 0 ＆ age ＜ 200,,,,性别
C,,,全有,sex，age,,,,,有性别年龄
D,,name,正则,（.*）,,,,,括号原样
E,,total,比较,＝ sum（a，b） ～ 0.01,,,,,合计
F,,age,值域,＠ages.txt,,,,,年龄表
END
printf '\357\273\2775\n60\n' >ages.txt
printf '\357\273\277' | cat - r.csv >bom.csv
iconv -f UTF-8 -t GB18030 r.csv >gb.csv
cat >in <<'END'
{"age":131,"sex":"男","name":"(x)","total":3,"a":1,"b":1}
{"age":60,"sex":"不详（空）","name":"（x）","total":2.01,"a":1,"b":1}
END
for f in r bom gb; do
	mdx-qc --rules-only -r $f.csv --fail-on never in >$f.out
	cmp r.out $f.out
done
cat r.out
mdx-qc rules --rules-only -r gb.csv --format csv | cut -d, -f1-4
