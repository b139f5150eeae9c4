# What cannot be told is asked for; what is no table is refused with a remedy.
mdx() {
	mdx-normalize import --terms terms "$@"
	echo "exit $?" >&2
}
printf '\320\317\021\340\241\261\032\341' >old.xls
mdx old.xls
printf 'code,name\nA,甲\n' >plain.csv
mdx plain.csv
mdx --system x plain.csv
mdx --system x --version 1 plain.csv
mdx --system ../x --field diagnosis --version 1 plain.csv
printf '主要编码,疾病名称\nA00.000,甲\n' >北京版2.0.csv
mdx 北京版2.0.csv # the headers fit it, and so does the name
printf 'LOINC_NUM,LONG_COMMON_NAME\n1-8,x\n' >医保2.0.csv
mdx 医保2.0.csv # the headers and the title disagree
printf '诊断代码,诊断名称\nA00.000,甲\n' >医保1.0与2.0.csv
mdx 医保1.0与2.0.csv
printf '甲,乙\n1,2\n' >none.csv
mdx none.csv
printf '诊断代码,诊断名称\nA00.000,甲\nA00.000,乙\nA01.000,\n' >twice.csv
mdx twice.csv
mdx --columns code=甲,name=乙 none.csv
mdx missing.xlsx
mdx
ls terms
