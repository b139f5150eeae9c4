# A course counts as de-identified only if all of its records do, by one policy
# and key: then their fields stand together and what was found is added up.
deid() { # PATIENT ID DEID
	echo '{"patient_id":"'"$1"'","_mdx":{"id":"'"$2"'","kind":"note"'"${3:+,\"deid\":$3}"'}}'
}
{
	deid all 1 '{"policy":"share","key":"k1","fields":{"name":"drop","time":"shift"},"found":{"name":2}}'
	deid all 2 '{"policy":"share","key":"k1","fields":{"phone":"mask","time":"keep"},"found":{"name":1,"phone":4}}'
	deid none 3
	deid some 4 '{"policy":"share","key":"k1","fields":{},"found":{}}'
	deid some 5
	deid policies 6 '{"policy":"share","key":"k1","fields":{},"found":{}}'
	deid policies 7 '{"policy":"strict","key":"k1","fields":{},"found":{}}'
	deid keys 8 '{"policy":"share","key":"k1","fields":{},"found":{}}'
	deid keys 9 '{"policy":"share","key":"k2","fields":{},"found":{}}'
} | mdx-extract gather --on patient_id --report r.json |
    jq -c '[.patient_id, ._mdx.deid, ._mdx.from]'
jq -c .extract r.json
