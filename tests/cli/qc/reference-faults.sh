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
