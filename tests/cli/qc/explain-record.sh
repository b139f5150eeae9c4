# explain --record says why each verdict fell: conditions term by term, classes
# of values, never a value.
cat >r.csv <<'END'
id,kind,field,check,arg,when,message
RANGE,lab,value,range,"[0,5]","test = K & unit in {mmol/L}",x
PLACES,lab,codes[].code,regex,^[A-Z],,x
ORDER,lab,end,compare,>= start + 1d,,x
OTHER,exam,value,required,,,x
UNKNOWN,lab,value,required,,"age > 3 & (sex = 男 | !(dept != 内科))",x
JQ,lab,,jq,.value - 1 > 3,value exists,x
MEMBERS,lab,,all_of,"value,note",,x
KEY,lab,value,unique,,,x
END
cat >one.json <<'END'
{
  "test": "K", "unit": "mmol/L", "value": "7.25", "note": "-",
  "codes": [{"code": "A1"}, {"code": "zhangsan"}, {"code": null}],
  "end": "2024-01-02", "start": 20240102, "dept": "内科", "sex": "女",
  "_mdx": {"kind": "lab"}
}
END
mdx-qc explain --rules-only -r r.csv --record one.json | tee out
grep -c -e 7.25 -e zhangsan -e 2024 out
printf '{"value":1}\n{"value":null}\n' >two
mdx-qc explain --rules-only -r r.csv KEY --kind lab --record two
echo '{"value":1' >bad
mdx-qc explain --rules-only -r r.csv --record bad
echo "status $?"
printf '\n{"value":1}\n\n{"value":null}\n' >blank
mdx-qc explain --rules-only -r r.csv KEY --kind lab --record blank
for none in /dev/null newline; do
	echo >newline
	mdx-qc explain --rules-only -r r.csv KEY --record $none
	echo "status $?"
done
