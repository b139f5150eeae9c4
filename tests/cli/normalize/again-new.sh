# With --again fields are done anew from what stood there: the same tables give
# the same bytes, new tables what they give of the records as they came.
mdx-ingest --help >/dev/null 2>&1 || { echo "no mdx-ingest"; exit 77; }
mdx-ingest "$TOP/tests/data/night/night.zip" -q -o in.ndjson 2>/dev/null
mdx-normalize in.ndjson >one || exit 1
mdx-normalize --again one >same || exit 1
cmp one same && [ -s one ] && echo "same tables, same bytes"

mkdir approved
cat >approved/diagnosis.csv <<'END'
term,code,display,system,version,relation,status
甲状腺结节,E04.902,多发性甲状腺结节,icd10-yb,2.0,exact,APPROVED
END
mdx-normalize --approved approved/diagnosis.csv in.ndjson >fresh || exit 1
mdx-normalize --approved approved/diagnosis.csv one >left || exit 1
mdx-normalize --approved approved/diagnosis.csv --again one >anew || exit 1
cmp one left && echo "without --again nothing is done twice"
cmp -s one anew || echo "with it there are new codes"
cmp fresh anew && echo "those of a first pass"

echo "--- joined columns, values inside others, indicators, other fields of norm"
cat >own.csv <<'END'
source,kind,column,when,target,type,arg,with,null,note
,,年+月+日,,birth_date,date,,,,
,,OBX.5,,value,result,,unit=@OBX.6,,
,,容积,,indicators.lesion.pre_volume,result,,unit=@容积单位,,
,,旗,,smoker,flag,,,,
END
mdx-normalize -p core -p thyroid-ablation --map own.csv <<'END' >two
{"年":"2018","月":"1","日":"14","z":1,"_mdx":{"norm":{"elsewhere":{"rule":"x:1","status":"unmapped"},"unmapped":["elsewhere"]}}}
{"OBX":{"5":"<0.5","6":"mmol/L"},"旗":"有"}
{"容积":"3.5 cm3","容积单位":"cm3","b":2}
{"旗":"也许","a":[1]}
END
cat two
mdx-normalize -p core -p thyroid-ablation --map own.csv --again two | cmp - two && echo same
