# The shipped kinds, and a hospital's own row against each sort of proof.
mdx-ingest --list kinds >kinds
jq -r 'select(.group == "text" or .group == "image") | .group' kinds | sort |
    uniq -c | sed 's/^ *//'
jq -r .kind kinds | sort | uniq -d
for k in patient outpatient emergency inpatient front-page diagnosis order \
    prescription administration lab microbiology exam pathology surgery \
    anesthesia note nursing vital icu transfusion allergy consult discharge \
    immunization followup form fee online image-ct image-mr image-us image-cr \
    image-dx image-mg image-xa image-rf image-nm image-pt image-es image-op \
    image-oct image-sm image-gm image-ivus image-bmd image-io image-px \
    image-ecg image-xc image-rt image-sr image-seg image-photo image-other \
    waveform-ecg waveform-eeg waveform-monitor video audio omics-variant \
    omics-read dictionary log alert entity relation course other; do
	echo "$k"
done | sort >wanted
jq -r .kind kinds | sort | comm -3 - wanted

kind() {
	echo "$* : $(mdx-ingest "$@" --manifest m -q | jq -r ._mdx.kind | uniq)" \
	    "by $(jq -r .kind_by m)"
}
printf '检验项目,结果,单位\n钾,4.1,mmol/L\n' >LIS_1.csv
printf 'MSH|^~\\&|A|B|C|D|20240301||ORU^R01|1|P|2.4\rPID|1||9\r' >LIS_1.hl7
printf '{"resourceType":"Patient","id":"1"}\n' >LIS_1.ndjson
# Against shipped columns, codes and names: each by codes, columns and names.
printf 'kind,codes\nown-code,hl7:ORU^R01|fhir:Patient\n' >codes.csv
printf 'kind,columns\nown-column,单位\n' >columns.csv
printf 'kind,names\nown-name,LIS_1.*\n' >names.csv
printf 'kind,names\nmine,LIS_*\nyours,*_1.*\n' >tie.csv
for own in codes columns names tie; do
	for f in LIS_1.csv LIS_1.hl7 LIS_1.ndjson; do
		kind "$f" --kinds "$own.csv"
	done
done
printf '一,二\n1,2\n' >LIS_1.csv
kind LIS_1.csv
kind LIS_1.csv --kinds names.csv
# Initials, brackets, width and patterns of an own row; its further row.
printf 'kind,columns\ndialysis,透析编号;*干体重*\ndialysis,透析器型号\n' >own.csv
printf 'ＴＸＢＨ,透析前干体重(kg)\n1,2\n' >LIS_1.csv
kind LIS_1.csv --kinds own.csv
printf '透析器型号（必填）\n1\n' >LIS_1.csv
kind LIS_1.csv --kinds own.csv
mdx-ingest --list kinds --kinds own.csv | head -n 1
