# Messages: CR, LF, wrapped lines, escapes, repetitions; parts by --split.
m='MSH|^~\\&|LIS|FY|||20240131102233||ORU^R01|M1|P|2.5\rPID|1||000123^^^H^MR~110^^^G^NI||王^小明\rPV1|1|I|||||||||||||||||V9\rOBR|1||S1\rOBX|1|NM|GLU^血糖||5.60|mmol/L\rNTE|1||see \\T\\ say\\.br\\two\rOBX|2|ST|A^B&C||""\r'
printf "FHS|^~\\\\&\rBHS|^~\\\\&\r${m}BTS|2\rFTS|1\r" >b.hl7
mdx-ingest b.hl7 --sha256 never --manifest m
jq -c '[.records, .skipped, .bytes_of, .bytes, .notes]' m
mdx-ingest b.hl7 --sha256 never --split | jq -c 'del(._mdx.src)'
printf "$m" | tr '\r' '\n' | sed 's/|5.60|/|5.60\nmore|/' | mdx-ingest |
    jq -c '.segments[4]'
printf 'PID|1\rMSH|^~\\&|A\r' | mdx-ingest -f hl7
