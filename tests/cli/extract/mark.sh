# A record begins with its brace: a byte order mark before it is set aside, and
# the message says what stands there; a joined file is held to the same.
printf '\357\273\277{"patient_id":"1","text":"x"}\n{"patient_id":"2","text":"x"}\n' >in.ndjson
mdx-extract -p thyroid-ablation --only outcome --rejects rej in.ndjson
echo $?
jq -c '[.error.code, .src.line]' rej
printf '\357\273\277{"patient_id":"2","fu_months":3}\n' >fu.ndjson
mdx-extract -p thyroid-ablation --join fu.ndjson in.ndjson
echo $?
