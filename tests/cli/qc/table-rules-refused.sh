# What rules of tables may not say.
cat >r.csv <<'END'
id,field,check,arg,when,missing,na,per,message
A,a,required,,,null,nowhere,,x
B,a,required,,,skip,filled,,x
C,a,required,,,null,,value,x
D,,never,a = 1,,null,,value,x
E,a,present,,,,,,x
F,a,range,"[0,1]",r(a).b = 1,null,,,x
G,a,never,a > ,,null,,,x
H,a,never,day(a,,null,,,x
I,a,never,fay(a) > 1,,null,,,x
J,a,never,a in b,,null,,,x
M,a,rate,"[95%,]",,null,,,x
K,a,required,,,nul,,,x
L,a,enum,x,"a in {1, 2",,,,x
END
mdx-qc rules --rules-only -r r.csv
