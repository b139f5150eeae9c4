# Draft rules of a profile are off, say how many records stand behind them, name nothing rare and no free text, pass lint, and hold for the records they came from.
awk 'BEGIN {
	srand(11)
	for (i = 0; i < 600; i++)
		printf "{\"pid\":\"P%06d\",\"name\":\"王%d\",\"phone\":\"138%08d\",\"sex\":\"%s\",\"age\":%d,\"fee\":%.2f,\"icd\":\"%c%02d.%d\",\"t\":\"2024-0%d-11\",\"note\":\"患者%d 神志清楚\",\"ward\":%s,\"dx\":[{\"main\":%s}],\"性 状\":\"%s\",\"x\\\"y\":1}\n", \
		    i, i % 20, i * 977, i == 7 ? "不明" : i % 3 ? "男" : "女", \
		    int(rand() * 90), 100 + 900 * rand(), 65 + i % 3, i % 97, i % 9, \
		    i % 9 + 1, i, i % 50 ? "\"一病区\"" : "null", i % 2 ? "true" : "false", \
		    i % 2 ? "清,亮" : "浑"
}' >all
mdx-qc profile --suggest --rules-only --kind exam all | tee draft.csv
echo '-- lint'
mdx-qc profile --kind exam all >profile
mdx-qc lint --strict --rules-only -r draft.csv --against profile
echo "status $?"
echo '-- once they are on'
sed '1! s/,0,exam,/,1,exam,/' draft.csv >on.csv
mdx-qc lint --strict --rules-only -r on.csv
echo "status $?"
mdx-qc --rules-only -r on.csv --kind exam --no-output --summary s all
echo "status $?"
mdx-qc report --csv - s | cut -d, -f 1,8,12-13 | grep -v ',0,0,pass'
echo '-- what the catalogue says is not said again'
mdx-qc profile --suggest --kind patient all | grep ',sex,\|,name,\|,age,' | cut -d, -f 3-6
mdx-qc profile --suggest --kind exam all >draft.csv
mdx-qc lint -r draft.csv
echo "status $?"
