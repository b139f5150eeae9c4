# A table of limits is refused with its lines: rows that hold for one value,
# limits upside down, an unknown sex, no limit, no item, codes that a spreadsheet
# has changed; a table that says no item at all, or is not there.
cat >r.csv <<'END'
id,kind,field,check,arg,message
A,lab,value,reference,@a.csv,x
B,lab,value,reference,@b.csv,x
C,lab,value,reference,c.csv,x
D,lab,value,reference,@none.csv,x
E,lab,value,reference,@e.csv,x
END
cat >a.csv <<'END'
test,sex,age_low,age_high,low,high
GLU,,0,14,1,2
GLU,男,13,20,1,2
GLU,男,20,30,1,2
K,,,,9,2
NA,x,,,9,20
CL,,,,,
LI,,20,14,1,2
MG,,,,a,
END
printf 'unit,low\ng,1\n' >b.csv
printf 'test,low,high\n,1,2\n1.23E+17,1,2\n2025/1/3,1,2\n' >e.csv
mdx-qc --rules-only -r r.csv </dev/null
# A fault of the row is said once, however many items the table has; a column
# may have a name that is no plain word.
cat >row.csv <<'END'
id,kind,field,check,arg,when,message
A,lab,value,reference,@items.csv,status = ,x
B,lab,value,reference,@items.csv,"ward.[x = 1",x
END
printf 'test item,low\nK,1\nNA,1\nCL,1\n' >items.csv
mdx-qc --rules-only -r row.csv </dev/null
sed 's/,status = ,/,,/; /^B/d' row.csv >good.csv
echo '{"test item":"NA","value":0}' | mdx-qc --rules-only -r good.csv --kind lab
