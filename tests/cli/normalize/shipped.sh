# What hospitals write, on a machine with nothing imported: the shipped lists
# give both editions, LOINC and ATC; what they do not know is left to a person.
rows() {
	while IFS='|' read -r a b c; do
		echo '{"'"$2"'":"'"$a"'","单位":"'"$b"'","标本":"'"$c"'","_mdx":{"kind":"'"$1"'"}}'
	done
}
{
	rows diagnosis 诊断名称 <<'END'
2型糖尿病
T2DM
高血压病3级(极高危)
冠心病;心房颤动;心功能不全
急性非ST段抬高型心肌梗死
慢阻肺急性加重
社区获得性肺炎
胃Ca
甲状腺乳头状癌
肺癌
脑梗死后遗症
慢性肾脏病5期
输尿管结石伴肾积水
胆囊结石伴慢性胆囊炎
腰椎间盘突出症
子宫肌瘤
妊娠期糖尿病
混合痔
睡眠呼吸暂停综合征
右肺占位
END
	rows surgery 手术名称 <<'END'
腹腔镜胆囊切除术
冠脉造影
PICC置管
经尿道前列腺电切术
剖宫产术
全髋关节置换术
甲状腺全切+颈淋巴结清扫术
甲状腺结节射频消融术
胃镜下息肉切除术
血透
支撑喉镜下声带息肉切除术
左侧开颅血肿清除
END
	rows order 药品名称 <<'END'
拜阿司匹林
波立维
苯磺酸氨氯地平片
诺和锐30
注射用头孢哌酮钠舒巴坦钠
0.9%氯化钠注射液
优甲乐
速尿
复方丹参滴丸
END
	rows exam 检查名称 <<'END'
胸部CT平扫
头颅核磁
心脏彩超
Holter
PET/CT
电子肠镜
C13呼气试验
泌尿系B超
END
	rows lab 项目名称 <<'END'
WBC|10^9/L|全血
谷丙转氨酶|U/L|血清
血肌酐|μmol/L|血清
GLU|mmol/L|血清
GLU||尿液
FT4|ng/dl|血清
HbA1c|%|全血
hs-CRP|mg/L|血清
乙肝表面抗体|mIU/mL|血清
潜血||大便
PH||动脉血
K|mmol/L|血清
WBC|个/HP|尿液
D二聚体|mg/L|血浆
E2|pmol/L|血清
24h尿蛋白|g/24h|24小时尿
ADA|U/L|胸水
TG||血清
END
} | mdx-normalize -p core | tee all.ndjson |
	jq -r '[._mdx.kind, (to_entries[0].value),
	    ([to_entries[] | select(.key | endswith("_codes")) | .value[]
	    | "\(.system)@\(.version) \(.code) \(.display)"] | join(" | ")),
	    first(._mdx.norm[] | objects | .status | values)] | join("\t")'
jq -s -c 'group_by(._mdx.kind)[] | [.[0]._mdx.kind, length,
    (map(select(.. | .status? == "approved")) | length)]' all.ndjson
