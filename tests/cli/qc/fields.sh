# Lines of fields tell distinct values, extremes, quantiles, a histogram of cut numbers, months, and members of the value set; no other text, and nothing of what identifies. Any cut gives the same bytes.
cat >r.csv <<'EOF'
id,field,check,arg,message
S,sex,required,,x
S1,sex,enum,男|女,x
A,age,required,,x
G,glu,required,,x
T,t,required,,x
D,dx[].code,required,,x
O,ok,required,,x
X,only,required,,x
EOF
awk 'BEGIN {
	srand(3)
	for (i = 0; i < 700; i++)
		printf "{\"sex\":\"%s\",\"age\":%d,\"glu\":%s%.3f%s,\"t\":\"202%d-0%d-11 08:00\",\"dx\":[{\"code\":\"病%d\"},{}],\"ok\":%s}\n", \
		    i % 50 == 0 ? "不明" : i % 3 ? "男" : "女", rand() * 90 - 1, \
		    i % 9 ? "" : "\"", 3 + 60 * rand() * rand(), i % 9 ? "" : "\"", \
		    i % 4, i % 9 + 1, i % 77, i % 5 ? "true" : "false"
}' >all
check() {
	mdx-qc --rules-only -r r.csv --by "month(t)" --fail-on never --no-output "$@"
}
check -j 1 --summary whole all
grep '"t":"field".*"by":{}' whole | sed 's/"sketch":"\(.\{30\}\)[^"]*"/"sketch":"\1..."/; s/"histogram":{\(.\{60\}\)[^}]*}/"histogram":{\1...}/'
echo "$(grep '"t":"field"' whole | grep -v '"by":{}' | grep -c sketch) groups with a sketch"
grep -c '病\|不明' whole
sed 's/"shards":.*//' whole >want
for n in 1 2 5 11; do
	rm -f part.*
	split -n r/$n all part.
	for p in part.*; do
		check -j $((n % 2 + 1)) --summary "s.$p" "$p"
	done
	# shellcheck disable=SC2046
	mdx-qc merge $(ls s.part.* | sort -R) | sed 's/"shards":.*//' | cmp - want
	rm -f s.part.*
done
echo '-- the catalogue knows what identifies'
mkdir -p pack
cat >pack/indicators.csv <<'EOF'
id,name_zh,level,kind,type,values,identifying
corner,角落,L1,visit,text,,
caller,来电号码,L1,visit,text,,1
EOF
echo '{"name":"demo","version":"1"}' >pack/pack.json
echo '{"corner":"一","caller":"13800000000"}' | mdx-qc -p ./pack --only 'corner:*,caller:*' --kind visit --no-output --summary - | grep '"t":"field"'
echo '-- so does a run without packs: names in any spelling, and those of hospital systems'
cat >own.csv <<'EOF'
id,field,check,message
A,ID_CARD,required,m
B,BirthDate,required,m
C,lxr.lxdh,required,m
D,"rows[].患者电话",required,m
E,dose,required,m
EOF
echo '{"ID_CARD":"110101198001010017","BirthDate":"1980-01-01","lxr":{"lxdh":"13800138000"},"rows":[{"患者电话":"13800138000"}],"dose":5}' |
	mdx-qc --rules-only -r own.csv --no-output --summary - | grep '"t":"field"'
echo '-- what is no histogram is refused'
sed 's/"histogram":{"/"histogram":{"x/' whole | mdx-qc report --csv - -
sed 's/"sketch":"~/"sketch":"!/' whole | mdx-qc report --csv - -
