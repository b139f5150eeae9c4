# A profile tells types, shares, lengths, ranges, patterns, candidate keys and value sets in one pass, and nothing rare: no value, field or group.
records() {
	awk 'BEGIN {
		srand(11)
		split("王 李 张 刘 陈", family, " ")
		for (i = 0; i < 600; i++)
			printf "{\"pid\":\"P%06d\",\"姓名\":\"%s某\",\"sex\":\"%s\",\"age\":%s,\"fee\":%.2f,\"icd\":\"%c%02d.%d\",\"t\":\"2024-0%d-11\",\"note\":\"患者%d 神志清楚\",\"dx\":[{\"name\":\"结节\",\"main\":%s},{\"code\":\"x\"}],\"o\":{\"a.b\":%d,\"rare%d\":1},\"by_id\":{\"K%d\":1},\"empty\":%s%s,\"_mdx\":{\"kind\":\"%s\"}}\n", \
			    i, family[i % 5 + 1], i == 7 ? "不明" : i % 3 ? "男" : "女", \
			    i == 13 ? "\"九十九岁\"" : i == 14 ? 250 : int(rand() * 90), \
			    100 + 900 * rand(), 65 + i % 3, i % 97, i % 9, i % 9 + 1, i, \
			    i % 2 ? "true" : "false", i % 4, i, i * 7, \
			    i % 2 ? "null" : "\" \"", i % 200 == 9 ? ",\"seldom\":\"暗号\"" : "", \
			    i == 300 ? "once" : "exam"
	}'
}
records >all
mdx-qc profile -j 1 all | tee out
echo '-- any number of workers'
cat all all all all all all all all >many
mdx-qc profile -j 1 --by dept many >one
mdx-qc profile -j 2 --by dept many | cmp - one
echo '-- what is rare or identifies is nowhere'
grep -c '不明\|九十九\|250\|暗号\|seldom\|rare1\|K7\|once\|王某\|P000' out
echo '-- by group: small groups are put together'
records | sed 's/"sex":"男"/"dept":"甲","sex":"男"/; s/"sex":"不明"/"dept":"密","sex":"不明"/' >grouped
mdx-qc profile --by dept grouped | grep '"field":"age"' | cut -c 1-140
mdx-qc profile --by pid --max-groups 9 grouped | grep -c '"by":{"pid":"P'
echo '-- the least can be raised'
mdx-qc profile --min-count 250 all | grep '"field":"\(sex\|icd\)"'
echo '-- few, none, too many'
head -n 3 all | mdx-qc profile
mdx-qc profile </dev/null
echo "status $?"
mdx-qc profile --allow-empty </dev/null >none
echo "status $?"
mdx-qc profile --min-count 0 all
echo "status $?"
awk 'BEGIN { for (i = 0; i < 25; i++) { printf "{\"a%d\":{", i; for (k = 0; k < 900; k++) printf "%s\"m%d\":1", k ? "," : "", k; print "}}" } }' |
    mdx-qc profile
echo "status $?"
echo '-- what is too much is named; objects that turn out to be data are no fields'
keyed() { # keyed OBJECTS MEMBERS
	awk -v n="$1" -v m="$2" 'BEGIN { printf "{\"id\":1,\"x\":{\"y\":[{"; for (i = 0; i < n; i++) { printf "%s\"P%d\":{", i ? "," : "", i; for (k = 0; k < m; k++) printf "%s\"m%d\":1", k ? "," : "", k; printf "}" } print "}]}}" }'
}
keyed 25 900 | mdx-qc profile
echo "status $?"
keyed 45 1001 | mdx-qc profile --min-count 1 | grep -c '"wide":true'
keyed 110 1001 | mdx-qc profile
echo "status $?"
echo '-- ten patients of sixty rows each are a set by their number: names are not told, whatever the field is called'
awk 'BEGIN {
	split("刘洋 吴芳 周杰 张伟 李秀英 杨帆 王建国 赵磊 陈静 黄敏", who, " ")
	split("清亮 浑浊 公费", word, " ")
	for (i = 0; i < 600; i++)
		printf "{\"BRXM\":\"%s\",\"PATIENT_NAME\":\"%s\",\"x\":{\"家属\":\"%s\"},\"外观\":\"%s\"}\n", who[i % 10 + 1], who[i % 10 + 1], who[i % 10 + 1], word[i % 3 + 1]
}' >few
mdx-qc profile --rules-only few | grep -o '"field":"[^"]*"\|"identifying".*\|"values".*'
mdx-qc profile --rules-only --suggest few | cut -d, -f 4-6 | sort
