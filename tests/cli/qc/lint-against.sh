# lint --against a profile: fields that no record was seen to hold, among rules for kinds that were seen; rules that are off are looked at too.
i=0
while [ $i -lt 20 ]; do
	echo "{\"test\":\"K\",\"valeu\":$i,\"dx\":[{\"code\":\"E11\"}],\"o\":{\"p\":1},\"indicators\":{\"lesion\":[{\"power\":4}],\"x.y\":2},\"_mdx\":{\"kind\":\"labs\"}}"
	i=$((i + 1))
done >all
mdx-qc profile all >profile
cat >r.csv <<'EOF'
id,on,kind,field,check,arg,when,owner,message
A,1,labs,value,range,"[0,9]",,o,x
B,1,labs,valeu,range,"[0,9]",tset = K,o,x
C,1,labs,dx[].code,regex,^E,o.p > 0,o,x
D,1,labs,dx[].kode,regex,^E,,o,x
E,1,labs,dx,count,"[1,2]",_mdx.kind exists,o,x
F,1,exam,nowhere,required,,,o,x
G,0,labs,vlaeu,rnge,,,o,x
H,1,,indicators["x.y"],required,,,o,x
EOF
mdx-qc lint --rules-only -r r.csv --against profile
echo "status $?"
sed -i 's/rnge,/required,/' r.csv
mdx-qc lint --rules-only -r r.csv --against profile
echo "status $?"
mdx-qc lint --rules-only --strict -r r.csv --against profile 2>/dev/null
echo "status $?"
mdx-qc lint --rules-only -r r.csv --against r.csv
echo "status $?"
mdx-qc lint --rules-only -r r.csv --against nowhere
echo "status $?"
echo '-- a profile that is not whole'
gzip -c all | head -c 60 >cut.gz
mdx-qc profile --rules-only -o part all cut.gz
echo "status $?"
head -n 1 part | grep -o '"complete":[a-z]*,"records":[0-9]*'
mdx-qc lint --rules-only -r r.csv --against part
echo "status $?"
mdx-qc profile --rules-only --suggest -o draft.csv all cut.gz
echo "status $?"
[ -e draft.csv ] || echo "no draft"
head -n 3 profile >half
mdx-qc lint --rules-only -r r.csv --against half
echo "status $?"
