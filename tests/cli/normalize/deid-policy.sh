# A policy that cannot be trusted ends the run before the first record, with all
# that is wrong with it; the shipped ones are right.
for name in research teaching display; do mdx-normalize check --deid $name || echo wrong; done
cat >policy.csv <<'END'
field,class,arg
@name,x,
@extract,some,
@src,keep,
@labels,-HOSPITALS,
@shift,0,
*,keep,
name,keep,
indicators.phone,keep,
time,shift,
a,kep,
b,mask,3
c,generalise,county:2
d,hmac,shift
e,keep,
e,drop,
_mdx,keep,
END
echo '{"a":1}' >in
mdx-normalize check --deid ./policy.csv
echo $?
mdx-normalize --deid ./policy.csv --audit in
echo $?
printf '%s\n' field,class,arg @name,x, @shift,30, time,shift, >policy.csv
mdx-normalize --deid ./policy.csv --audit in
echo $?
mdx-normalize --deid nosuch --audit in
echo $?
# A switched label stays; a class and a generalisation of each kind.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
cat >policy.csv <<'END'
field,class,arg
@name,kinds,
@labels,-HOSPITAL -BED,
text,scan,
a,null,
b,drop,
c,year,
d,generalise,prefix:3
e,generalise,range:5
f,generalise,region:1
g,age,
h,mask,1*0
i,hmac,
j,hmac,i
END
mdx-normalize --deid ./policy.csv --key key <<'END' | jq -c 'del(._mdx)'
{"text":"12床转至北京协和医院，王芳医生接诊","a":[1],"b":{},"c":"1962-03-04","d":"E11.900","e":"37.5","f":"浙江省杭州市","g":"93岁","h":"王芳","i":"x","j":"Ｘ"}
{"a":null,"c":null,"d":"","e":null,"g":null,"h":"","i":" ","j":"x"}
END
# The example of the manual.
sed -n '/^\.Bd -literal/,/^\.Ed/p' "$TOP/man/mdx-deid.5" | sed '/^\./d' >policy.csv
mdx-normalize check --deid ./policy.csv && echo good
