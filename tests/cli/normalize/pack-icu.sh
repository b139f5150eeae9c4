# Observations of monitors, split by ingest, become time, value, bed and item.
tr '\n' '\r' >icu.hl7 <<'END'
MSH|^~\&|MONITOR|ICU|CIS|H|20240131102205+0800||ORU^R01|1|P|2.6
PID|||0000012^^^H||Zhang^San
PV1||I|ICU^^BED-07
OBR|1|||VITALS|||20240131102100
OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC||82|/min^/min^UCUM|||||F|||20240131102200
OBX|2|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC||97|%|||||F
OBX|3|NM|150344^MDC_TEMP^MDC||99.5|[degF]|||||F
OBX|4|NM|GLU^血糖||5.60|mmol/L|3.9-6.1||||F
END
mdx-ingest -q --split icu.hl7 | mdx-normalize -p icu |
    jq -c '[._mdx.kind, .time, .item, .value, .unit, .bed, .test]'
printf '%s\n' '监护项目,数值,单位,监测时间,床位' 'HR,82,次/分,2024/1/31 10:22,07' >m.csv
mdx-ingest -q --kind icu m.csv | mdx-normalize -p icu |
    jq -c '[.time, .item, .value, .unit, .bed]'
