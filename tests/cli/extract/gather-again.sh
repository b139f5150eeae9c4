# A course is not gathered into a course: the records of one are set aside.
echo '{"patient_id":"1","n":1,"_mdx":{"id":"a","kind":"lab"}}' >lab.ndjson
mdx-extract gather --on patient_id lab.ndjson >course.ndjson
echo '{"patient_id":"1","n":2,"_mdx":{"id":"b","kind":"lab"}}' |
    mdx-extract gather --on patient_id --rejects rej course.ndjson - |
    jq -c '[.gathered.lab, ._mdx.from]'
jq -c '[.error.code, .error.message]' rej
