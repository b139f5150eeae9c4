# Windows are for watch, other rules are not; arguments are checked beforehand.
printf 'id,field,check,arg,message\nA,dept,required,,缺\n' >other.csv
printf 'id,check,arg,message\nGAP,gap,10s,无数据\n' >gap.csv
printf 'id,check,arg,message\nG,gap,10,无数据\nW,window,"median [1,2] over 5m",x\nH,hold,90 for 5s,y\n' >bad.csv
mdx-qc watch --rules-only -r other.csv </dev/null; echo $?
mdx-qc --rules-only -r gap.csv </dev/null; echo $?
mdx-qc watch --rules-only -r bad.csv </dev/null; echo $?
mdx-qc watch --rules-only -r gap.csv --idle 5x </dev/null; echo $?
mdx-qc watch --rules-only -r gap.csv --series , </dev/null; echo $?
# A rule file as an operand of lint would not be looked at.
mdx-qc lint gap.csv; echo $?
