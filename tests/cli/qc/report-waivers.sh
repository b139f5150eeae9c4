# Waivers change no count: what they cover stands apart and enters no
# threshold; those whose day is over, or whose rule is gone, are named.
cat >r.csv <<'END'
id,field,check,message
A,name,required,姓名缺失
B,phone,required,电话缺失
END
cat >in <<'END'
{"dept":"急诊科","name":"x","phone":""}
{"dept":"急诊科","name":"x","phone":""}
{"dept":"内科","name":"","phone":"1"}
{"dept":"内科","name":"y","phone":""}
{"name":"","phone":"1"}
END
mdx-qc --rules-only -r r.csv --by dept --no-output --fail-on never --summary s in
cat >w.csv <<'END'
规则,分组,截止,批准人,理由
B,dept = 急诊科,2026-12-31,王主任,急诊无陪护时不留电话
B,,2025-12-31,李主任,已改表单
A,dept=,2026-12-31,王主任,转科未登记
GONE,,2026-12-31,王主任,旧规则
END
mdx-qc report --waivers w.csv --now 2026-01-01 --csv - s; echo "status $?"
echo '-- covers nothing'
head -n 2 w.csv >more.csv
echo 'B,dept=外科,2026-12-31,王主任,无此科' >>more.csv
mdx-qc report --waivers more.csv --now 2026-01-01 --csv - --fail-on never s
mdx-qc report --waivers w.csv --now 2027-01-01 --csv - --fail-on never s
sed -i '$d; s/dept=,/dept=内科;dept=内科,/' w.csv
echo 'B,dept=内科,2026-12-31,王主任,补录中' >>w.csv
echo 'A,dept=（缺失）,2026-12-31,王主任,转科未登记' >>w.csv
mdx-qc report --waivers w.csv --now 2026-12-31 --csv - s; echo "status $?"
cat >bad.csv <<'END'
rule,by,until,who,why
A,ward=3,2026-12-31,x,y
A,dept=1,soon,x,y
A,dept=1,2026-12-31,,y
END
mdx-qc report --waivers bad.csv s; echo "status $?"
sed -i '/soon/d; /,,y/d' bad.csv
mdx-qc report --waivers bad.csv s; echo "status $?"
