# --split: each clinical segment with what it stands under, and nothing of the
# patient, visit or order before it.
printf 'MSH|^~\\&|LIS|FY|||20240131||ORU^R01|M1|P|2.5\rPID|1||A1^^^^MR~9^^^^NI||Wang\rPV1|1|I|W1||||||||||||||||V1\rNTE|1||of the visit\rOBR|1||S1|CBC\rNTE|1||of the order\rOBX|1|NM|WBC||5.6\rNTE|1||one\rNTE|2||two\rOBX|2|NM|RBC||4.1\rOBR|2||S2|empty\rPID|2||B2^^^^PI||Li\rOBR|1||S3|GLU\rOBX|1|NM|GLU||""\r' >two.hl7
mdx-ingest --sha256 never --split two.hl7 --manifest m | jq -c 'del(._mdx, .message, .control_id, .time, .sender)'
jq -c '[.records, .kinds, .kind, .bytes_of, .bytes]' m
printf 'MSH|^~\\&|EMR|FY|||20240131||VXU^V04|M2|P|2.5\rPID|1||C3\rAL1|1|DA|PCN\rDG1|1||I10\rPR1|1||06.4\rORC|RE|1\rRXA|0|1|||08^HepB\rRXR|IM\rOBX|1|CE|lot||L1\rORC|NW|2\rRXE|1|drug\r' |
    mdx-ingest --split | jq -c '[._mdx.kind, del(._mdx, .message, .control_id, .time, .sender, .patient_id, .PID)]'
printf 'MSH|^~\\&|EMR|FY|||20240131||ADT^A08|M3|P|2.5\rPID|1||C3\r' | mdx-ingest --split | jq -c 'del(._mdx)'
