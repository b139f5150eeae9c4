# Records of any kind and order become one record a visit, in the order of the
# keys: without a time first, then by time.  Of equal indicators the later time
# wins, two of one time that differ are a conflict, an L1 one stands where all
# agree; what was not found claims nothing.
cat >in.ndjson <<'END'
{"patient_id":"P2","visit_id":"V1","time":"2024-02-02","test":"尿素","value":9.1,"_mdx":{"id":"b1","kind":"lab"}}
{"patient_id":"P1","visit_id":"V9","time":"2024-02-01T08:00:00+08:00","text":"T38.5℃","indicators":{"temp_max":38.5,"gcs":8,"spo2":90,"age":70},"_mdx":{"id":"a4","kind":"note","extract":[{"path":"temp_max","value":38.5,"src":"/text","span":[0,6],"quote":"T38.5℃","engine":"rule","status":"ok"},{"path":"age","value":70,"src":"/age","engine":"field","status":"ok"}]}}
{"patient_id":"P1","visit_id":"V9","time":"2024-01-31T10:22:33+08:00","test":"尿素","value":7.9,"_mdx":{"id":"a1","kind":"lab"}}
{"patient_id":"P1","visit_id":"V9","text":"T39.2℃","indicators":{"temp_max":39.2,"gcs":null,"sex":"1","drug":[{"name":"美罗培南"}]},"_mdx":{"id":"a2","kind":"note","extract":[{"path":"sex","value":"1","src":"/sex","engine":"field","status":"ok"},{"path":"drug.1.name","value":"美罗培南","src":"/text","span":[0,1],"quote":"T","more":[{"src":"/text","span":[1,2],"quote":"3"}],"engine":"rule","status":"ok"}]}}
{"patient_id":"P1","visit_id":"V9","time":"2024-02-01T00:00:00Z","text":"T38.1℃","indicators":{"temp_max":38.1,"gcs":null,"spo2":90,"age":70,"sex":"2"},"_mdx":{"id":"a3","kind":"note","extract":[{"path":"temp_max","value":38.1,"src":"/text","span":[0,6],"quote":"T38.1℃","engine":"rule","status":"ok"},{"path":"sex","value":"2","src":"/sex","engine":"field","status":"ok"}]}}
{"patient_id":"P1","text":"no visit"}
END
mdx-extract gather --on patient_id,visit_id --max-rejects 1 --report r.json in.ndjson >out.ndjson
jq -c '[.patient_id, .visit_id, ._mdx.from]' out.ndjson
jq -c 'select(.patient_id == "P1") | (.gathered | map_values(map(._mdx, .value, .text))), .indicators, ._mdx.extract[]' out.ndjson
# An entry points into the course.
jq -c 'getpath(["gathered","note",0,"text"]) | select(. != null) | .[0:6]' out.ndjson
jq -c '[.in.records, .out.records, .set_aside], .extract' r.json
# The same whatever order they come in but for what is equal in time.
tac in.ndjson | mdx-extract gather --on patient_id,visit_id --max-rejects 1 |
	jq -c '._mdx.from'
# What is no key is misuse; a refused run leaves the file that was there.
echo old >keep
for key in /patient_id '' patient_id,patient_id gathered _mdx; do
	mdx-extract gather --on "$key" in.ndjson -o keep
	echo "$? $(cat keep)"
done
