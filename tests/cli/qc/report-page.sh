# The page: rules that fail on the same records are one cause, whatever the
# shards; a rule that fails nearly everything, or one department alone, stands
# apart; trend, waivers and the change since the last run.
cat >r.csv <<'END'
id,field,check,arg,severity,points,max_fail,dimension,message,message_en
FIRST,out,compare,>= in,error,5,,一致性,出院早于入院,discharge before admission
SAME,out,date,"[2024-01-01,]",warn,,,,出院不在本年度,discharge is not in the year
OTHER,age,range,"[0,130]",error,,50%,合理性,年龄异常,age is out of range
ALL,id,digits,18,info,,,,证件号位数不对,
ONE,sex,enum,男|女,warn,,,,性别不在值域内,
NONE,none,range,"[0,1]",,,,,从未出现,
END
/usr/bin/python3 - <<'END' >in
import json
for i in range(200):
    print(json.dumps({"dept": ["内科", "外科", "骨科", None][i % 4],
        "in": "2024-02-01", "out": "2023-01-01" if i % 10 == 0 else
        "2024-02-09", "age": 200 if i % 20 == 5 else 40, "id": "1",
        "sex": "X" if i % 8 == 1 else "男",
        "_mdx": {"id": f"r{i:03d}"}}, ensure_ascii=False))
END
check() {
	mdx-qc --rules-only -r r.csv --by dept --no-output --fail-on never "$@"
}
sed 's/"age": 200/"age": 20/' in >old
check --summary first old
split -n r/3 in part.
for p in part.*; do check --summary "s.$p" "$p"; done
echo 'rule,by,until,who,why
OTHER,dept=外科,2030-01-01,王<主任>,已核' >w.csv
page() {
	mdx-qc report --waivers w.csv --now 2026-01-01 --fail-on never "$@"
}
mdx-qc report --history h.db --run 一月 --md /dev/null --fail-on never first
page --history h.db --run 二月 --lang zh --html zh.html s.part.*
page --lang en --html en.html s.part.*
text() { sed 's/<svg.*<\/svg>//; s/<[^>]*>/ /g; s/  */ /g; s/^ //'; }
echo '-- rules'
sed -n '/id="rules"/,/<\/section>/p' zh.html | text
echo '-- in English'
sed -n '/id="rules"/,/<\/section>/p' en.html | text | grep -A3 'Check the\|same records'
grep -c 'lang=en\|class=z' en.html zh.html
echo '-- Markdown'
mdx-qc report --fail-on never s.part.*
echo '-- trend'
grep -o '<svg class="chart".*</desc>' zh.html
sed -n '/id="trend"/,/<\/section>/p' zh.html | text | tail -n 4
echo '-- groups'
sed -n '/class="parts"/,/<\/table>/p' zh.html | text
echo '-- shares are cut'
i=0
while [ $i -lt 25000 ]; do echo '{"name":"x"}'; i=$((i + 1)); done >many
echo '{"name":""}' >>many
echo 'id,field,check,message
N,name,required,姓名缺失' >n.csv
mdx-qc --rules-only -r n.csv --no-output --fail-on never --summary s many
mdx-qc report --lang zh --html page.html --fail-on never s
sed -n '/id="coverage"/,/<\/section>/p' page.html | tail -n 4
