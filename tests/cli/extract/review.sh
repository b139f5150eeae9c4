# What is doubtful goes out, a person fills it in, and it comes back: a value,
# `=` as it stands, `-` not stated; what cannot be applied is set aside by its
# line, and a record with nothing left open is reviewed.
cat >in.ndjson <<'END'
{"text":"右叶结节大小约5.3x5.0x2.5cm，功率40W，又记功率45W，可能为完全消融。","indicators":{"lesion":[{"power":null,"pre_size":[53,50,25]}],"outcome":null,"contrast.agent":"SonoVue"},"_mdx":{"id":"r1","extract":[{"path":"lesion.1.power","value":null,"unit":"W","src":"/text","span":[23,26],"quote":"40W","engine":"rule","status":"conflict","claimed":[40,45],"why":"two_values"},{"path":"lesion.1.pre_size","value":[53,50,25],"unit":"mm","engine":"rule","status":"ok"},{"path":"contrast.agent","value":"SonoVue","engine":"rule","status":"ok"},{"path":"outcome","value":null,"engine":"rule","status":"uncertain","claimed":"完全消融"}]}}
{"text":"=1+1","indicators":{"outcome":"完全消融","complication":null},"_mdx":{"id":"r2","extract":[{"path":"outcome","value":"完全消融","src":"/text","span":[0,4],"quote":"=1+1","engine":"llm","model":"m","status":"ok","why":"no_anchor"},{"path":"complication","value":null,"engine":"llm","status":"ungrounded","claimed":"血肿"}]}}
{"text":"无疑","indicators":{},"_mdx":{"id":"r3","extract":[]}}
END
mdx-extract review export -p thyroid-ablation in.ndjson >review.csv
head -c 3 review.csv | od -An -tx1
tail -c +4 review.csv
echo "--- a sample is the same each time"
mdx-extract review export --sample 100% in.ndjson | tail -n +2 | cut -d, -f1,2
mdx-extract review export --sample 0% in.ndjson | tail -n +2 | wc -l
# r1: all rows filled; r2: one left open, and rows that cannot be.
cat >filled.csv <<'END'
key,path,new_value,reviewer,note
r1,lesion.1.power,45,王医师,
r1,outcome,=,王医师,
r1,lesion.1.pre_size,52x50x25,王医师,
r2,outcome,-,李医师,
r2,complication,,,
r2,lesion.9.power,40,李医师,no such object
r2,contrast.agent,SonoVue,李医师,no such indicator
r9,outcome,完全消融,李医师,no such record
END
echo "--- applied"
mdx-extract review apply -p thyroid-ablation --rejects rej.ndjson \
	--report r.json filled.csv in.ndjson >out.ndjson
jq -c '.indicators, ._mdx.extract[]?' out.ndjson
jq -c '[.error.code, .src.line]' rej.ndjson
jq -c '[.in.records, .out.records, .set_aside, .extract]' r.json
echo "--- a second time"
head -4 filled.csv >sure.csv
mdx-extract review apply sure.csv out.ndjson 2>&1 | cmp - out.ndjson && echo same
echo "--- types"
cat >bad.csv <<'END'
key,path,new_value,reviewer
r1,lesion.1.power,viel,王医师
r1,outcome,大概,王医师
r1,lesion.1.pre_size,=,
END
mdx-extract review apply -p thyroid-ablation --max-rejects 9 bad.csv in.ndjson >out2.ndjson
cmp in.ndjson out2.ndjson && echo untouched
echo "--- reviewed records are not asked again"
mdx-extract review export out.ndjson | tail -n +2 | cut -d, -f1,2
echo "--- without a pack a conflict takes the type of what was claimed"
printf 'key,path,new_value,reviewer\nr1,lesion.1.power,45,W\n' >one.csv
mdx-extract review apply one.csv in.ndjson | head -1 | jq -c .indicators.lesion
