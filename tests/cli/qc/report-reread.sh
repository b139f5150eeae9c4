# A changed threshold, severity, message or points needs no second scan; rules
# that would have counted otherwise are refused.
cat >r.csv <<'END'
id,field,check,arg,severity,max_fail,points,message
A,name,required,,error,,2,姓名缺失
B,age,range,"[0,130]",warn,,,年龄异常
END
cat >in <<'END'
{"name":"x","age":200}
{"name":"","age":20}
{"name":"y","age":30}
{"name":"z","age":40}
END
mdx-qc --rules-only -r r.csv --no-output --fail-on never --summary s in
mdx-qc report --csv - --fail-on never s
sed -e 's/^A,\(.*\)error,,2,.*/A,\1fatal,30%,10,患者姓名缺失/' -e 's/warn,,,/error,1,4,/' r.csv >new.csv
mdx-qc report --rules-only -r new.csv --csv - s
echo "status $?"
mdx-qc report --rules-only -r new.csv --json - s | cut -d, -f1-6
echo '-- points that may take more than a record has'
sed 's/30%,10/30%,99/' new.csv >dear.csv
mdx-qc report --rules-only -r dear.csv --json /dev/null s
echo '-- other rules'
sed 's/130/120/' r.csv >other.csv
mdx-qc report --rules-only -r other.csv s; echo "status $?"
sed '/^B/d' r.csv >fewer.csv
mdx-qc report --rules-only -r fewer.csv s; echo "status $?"
mdx-qc report --rules-only -r r.csv --only B s; echo "status $?"
