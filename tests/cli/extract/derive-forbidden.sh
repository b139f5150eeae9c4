# An expression that reads what is not in the record is refused at once.
mkdir p
cat >p/indicators.csv <<'END'
id,name_zh,level,type,expr
now,现在,L3,number,now
END
mdx-extract check -p ./p
