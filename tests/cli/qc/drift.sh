# Drift rules count categories of the value set, cut numbers, months and buckets of other texts; a report judges them against a history, by group.
command -v sqlite3 >/dev/null || { echo "no sqlite3"; exit 77; }
cat >r.csv <<'EOF'
id,field,check,arg,message
SEX,sex,drift,,性别构成改变
SEX1,sex,enum,男|女,性别不在值域
AGE,age,drift,0.25,年龄分布改变
NAME,name,drift,,姓名
T,t,漂移,,月份分布改变
EOF
records() { # MEN OLDER
	awk -v men="$1" -v older="$2" 'BEGIN {
		srand(5)
		for (i = 0; i < 600; i++)
			printf "{\"dept\":\"d%d\",\"sex\":\"%s\",\"age\":%.2f,\"name\":\"王%d\",\"t\":\"2024-0%d-11\"}\n", \
			    i % 2, (rand() < men || i % 2 == 0 && rand() < 0.5) ? "男" : rand() < 0.01 ? "?" : "女", \
			    20 + older + 50 * rand(), rand() * 300, i % 3 + 1
	}'
}
run() {
	records "$2" "$3" | mdx-qc --rules-only -r r.csv --by dept --no-output --fail-on never --summary s
	mdx-qc report --history h.db --run "$1" --csv - --fail-on never s | grep drift | cut -d, -f 1,4,7,13-14
}
run 2024-01 0.5 0
grep -c '王' s
grep '"rule":"SEX","by"\|"rule":"T","by"' s
grep '"rule":"AGE","kind"' s | grep -o '"bins":{.*' | tr , '\n' | wc -l
grep '"rule":"NAME","kind"' s | grep -o '"bins":{.*' | cut -c 1-60
echo '-- the same again: hundreds of ages do not drift by chance'
run 2024-02 0.5 0
echo '-- one department, and older by six years'
run 2024-03 0.9 6
mdx-qc report --history h.db --run 2024-03 --json - --fail-on never s |
    tr '{' '\n' | grep -o '"rule":"[A-Z]*"\|"psi":[0-9.]*' | paste -sd ' '
