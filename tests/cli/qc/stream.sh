# Rules over the stream: row_count, rate, distinct, mean, quantile, fresh; judged by group with --by, and altogether with `overall`.
cat >r.csv <<'EOF'
编号,字段,检查,参数,条件,提示
ROWS,,行数,"[4,]",,行数不足
ALL,,row_count,"[10,] overall",,总行数不足
RATE,glu,比率,"[80%,]",,血糖填报率过低
HALF,glu,rate,"[0.5,]",sex = 男,男性血糖填报率过低
SEX,sex,去重数,"[2,2]",,性别应有两种
MEAN,glu,均值,"[4,6)",,均值异常
EXACT,fee,mean,"[0.1,0.1]",,费用均值
MED,glu,分位数,"50% [3.9,6.1]",,中位数异常
P90,glu,quantile,"0.9 [,9.2]",,九成位数异常
FRESH,t,时效,2d,,三日无新数据
EOF
cat >d.ndjson <<'EOF'
{"dept":"a","sex":"男","glu":5.6,"fee":"0.1","t":"2024-03-01"}
{"dept":"a","sex":"女","glu":"4.80","fee":0.10,"t":"2024-03-02 09:00"}
{"dept":"a","sex":"男","glu":4.1,"fee":1e-1,"t":"2099-01-01"}
{"dept":"a","sex":"男","glu":null,"t":"2024-02-01"}
{"dept":"b","sex":"男","glu":9.255,"fee":0.1,"t":"2024-03-03"}
{"dept":"b","sex":"男","glu":"高","fee":0.1,"t":"2024-03-04T23:59:00+08:00"}
{"dept":"b","sex":"男","glu":3.2,"fee":0.1,"t":"不详"}
EOF
qc() {
	mdx-qc --rules-only -r r.csv --now 2024-03-04 --no-output "$@" d.ndjson
}
qc --summary s
echo "status $?"
grep -v '"t":"run"' s | sed 's/"severity".*"message":"[^"]*"//'
mdx-qc report --fail-on never --csv - s
echo '-- by group'
qc --by dept --fail-on never --summary g
grep '"by"' g | grep -v '"t":"run"\|"t":"group"'
mdx-qc report --fail-on never --csv - g | cut -d, -f 1,13-14
mdx-qc report --fail-on never --md - --json j g
sed 's/.*"rule":"MEAN"//; s/"message".*//' j
echo
echo '-- other limits need no second scan'
sed 's/\[4,\]/[3,]/; s/"\[4,6)"/"[4,7)"/; s/50% \[3.9,6.1\]/95% [5,]/; s/2d/1d/; s/"\[2,2\]"/"[1,]"/; s/ overall//' r.csv >other.csv
mdx-qc report --rules-only -r other.csv --now 2024-03-04 --fail-on never --csv - g | cut -d, -f 1,13-14
sed 's/mean/distinct/' r.csv >counts.csv
mdx-qc report --rules-only -r counts.csv --now 2024-03-04 --fail-on never --csv - g
echo "status $?"
echo '-- accepted for one group'
cat >w.csv <<'EOF'
规则,分组,截止,批准人,理由
ROWS,dept=b,2024-12-31,王,新科室
FRESH,,2024-12-31,王,停机
EOF
mdx-qc report --now 2024-03-04 --waivers w.csv --fail-on never --csv - g | grep '^ROWS\|^FRESH'
echo '-- any cut is the same'
sed 's/"shards":.*//' g >want
for n in 2 3 7; do
	split -n r/$n d.ndjson part.
	for p in part.*; do
		mdx-qc --rules-only -r r.csv --now 2024-03-04 --by dept --no-output --fail-on never --summary "s.$p" "$p"
	done
	# shellcheck disable=SC2046
	mdx-qc merge $(ls s.part.* | sort -R) | sed 's/"shards":.*//' | cmp - want
	rm -f part.* s.part.*
done
echo '-- nothing to judge'
echo '{"dept":"c"}' | mdx-qc --rules-only -r r.csv --now 2024-03-04 --no-output --fail-on never --summary n
mdx-qc report --fail-on never --csv - n | cut -d, -f 1,13-14
echo '-- faults'
cat >bad.csv <<'EOF'
id,field,check,arg,missing,message
A,a,rate,"[95%",,x
B,a,quantile,"[1,2]",,x
C,a,quantile,"120% [1,2]",,x
D,a,fresh,2 days,,x
E,a,drift,-1,,x
F,a,mean,"[1,2]",fail,x
G,,mean,"[1,2]",,x
H,a,distinct,,,x
I,a,rate,"[9%5,]",,x
J,a,rate,"[0.5,80%]",,x
K,a,rate,"[95,]",,x
L,a,rate,"[80%,110%]",,x
M,a,rate,"[,now]",,x
EOF
mdx-qc --rules-only -r bad.csv </dev/null
echo "status $?"
echo '-- bins that are none'
printf 'id,field,check,arg,message\nQ,glu,quantile,"50%% [1,9]",x\n' >q.csv
mdx-qc --rules-only -r q.csv --no-output --fail-on never --summary q d.ndjson
grep -o '"bins":{[^}]*}' q
for bins in '"abc":3' '"4.1":18446744073709551615' '"04.1":1' '"4.1":-1'; do
	sed "s/\"bins\":{[^}]*}/\"bins\":{$bins}/" q >hostile
	mdx-qc report --csv - hostile
done
echo "status $?"
