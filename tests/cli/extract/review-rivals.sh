# Two rows of one path that differ are nobody's last word: review apply sets
# both aside by line with all that was filled in, --corrections refuses the
# file; rows that agree are one.
cat >in.ndjson <<'END'
{"text":"x","indicators":{"outcome":null,"complication":null},"_mdx":{"id":"r1","extract":[{"path":"outcome","value":null,"engine":"rule","status":"uncertain","claimed":"完全消融"},{"path":"complication","value":null,"engine":"llm","status":"ungrounded","claimed":"血肿"}]}}
END
cat >filled.csv <<'END'
key,path,status,new_value,reviewer,note
r1,outcome,uncertain,完全消融,王医师,
r1,complication,ungrounded,-,王医师,
r1,outcome,uncertain,部分消融,李医师,"见术后造影, 第2页"
r1,complication,ungrounded,-,李医师,
r1,outcome,uncertain,完全消融,赵医师,
END
mdx-extract review apply -p thyroid-ablation --rejects rej --report r.json \
    filled.csv in.ndjson | jq -c '.indicators, ._mdx.extract[]'
jq -c . rej
jq -c .extract r.json
mdx-extract -p thyroid-ablation --corrections filled.csv in.ndjson
