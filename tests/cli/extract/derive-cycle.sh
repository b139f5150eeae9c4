# Two indicators computed from each other are refused, with both lines.
mkdir p
cat >p/indicators.csv <<'END'
id,name_zh,level,type,expr
a,甲,L3,number,.b + 1
b,乙,L3,number,.a + 1
END
mdx-extract -p ./p </dev/null
