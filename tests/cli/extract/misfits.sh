# What a field cannot have is refused with its row: a list of numbers, neighbours
# of no place, the ratio of an indicator that is not there.
mkdir odd
cat >odd/indicators.csv <<'END'
id,name_zh,level,type,unit,anchors
a,甲,L2,number,mm,甲
b,乙,L2,number,mm,乙
c,丙,L2,number,mm,丙
END
cat >odd/extract.json <<'END'
{"fields":{"a":{"pick":"list"},"b":{"neighbours":["侵犯"]},"c":{"ratio":"d"}}}
END
mdx-extract check -p ./odd
