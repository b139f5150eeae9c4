# One rule says what a key is, whoever matches by it: a string that is not
# blank or a number as it is written, compared as strings, blanks around it
# aside; null, truth values, arrays and what is missing are no key.
n=0
while read -r id; do
	n=$((n + 1))
	echo '{"n":'$n"$id"',"text":"x","indicators":{"fu_months":1},"_mdx":{"extract":[{"path":"fu_months","value":1,"engine":"llm","status":"ok","why":"x"}]}}'
done >in.ndjson <<'END'
,"patient_id":"007"
,"patient_id":7
,"patient_id":" 8 "
,"patient_id":"  "
,"patient_id":true
,"patient_id":null
,"patient_id":["7"]

,"patient_id":"7\u0000"
END
pack='-p thyroid-ablation'
cat >csv <<'END'
patient_id,fu_months
007,70
7,71
8,72
true,73
END
cat >ndjson <<'END'
{"patient_id":"007","fu_months":70}
{"patient_id":7,"fu_months":71}
{"patient_id":" 8","fu_months":72}
{"patient_id":true,"fu_months":73}
{"patient_id":" ","fu_months":74}
END
cat >review <<'END'
key,path,new_value,reviewer
007,fu_months,70,W
7,fu_months,71,W
8,fu_months,72,W
true,fu_months,73,W
END
rejected() { jq -s -c 'map([.src.line, .error.code])' rej; }
# shellcheck disable=SC2086
{
	for join in csv ndjson; do
		echo "--- $join joined"
		mdx-extract $pack --level L4 --join $join in.ndjson |
		    jq -c '[.n, .indicators.fu_months]'
	done
	echo "--- corrections"
	mdx-extract $pack --level L4 --corrections review in.ndjson |
	    jq -c '[.n, .indicators.fu_months]'
	echo "--- review"
	mdx-extract review export --on patient_id --rejects rej --max-rejects 9 \
	    in.ndjson | tail -n +2 | cut -d, -f1
	rejected
	mdx-extract review apply --on patient_id --max-rejects 9 review in.ndjson |
	    jq -c '[.n, .indicators.fu_months]'
	echo "--- form"
	mdx-extract form $pack --rejects rej --max-rejects 9 in.ndjson |
	    tail -n +2 | cut -d, -f1
	rejected
	echo "--- gather"
	mdx-extract gather --on patient_id --rejects rej --max-rejects 9 in.ndjson |
	    jq -c '[.patient_id, (.gathered.other | map(.n))]'
	rejected
}
