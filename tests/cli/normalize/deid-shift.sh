# Intervals and order of a patient hold over all files; two keys cannot be linked.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
printf '%s\n' 1123456789abcdef0123456789abcdef >other
chmod 600 key other
for day in 01 02 28; do
	for patient in 7 ７ '"7"' '" 7 "' 8; do
		case $patient in ７) patient='"７"' ;; esac
		echo "{\"patient_id\":$patient,\"time\":\"2024-02-${day}T08:00:00\",\"text\":\"2024年2月${day}日复查\"}"
	done >"$day"
done
for key in key other; do
	for day in 01 02 28; do
		mdx-normalize --deid research --key $key $day >$key.$day || exit 9
	done
	cat $key.* | jq -r .patient_id | sort | uniq -c | awk '{ print $1 }'
	# One patient, whatever the spelling: days between the three dates.
	for patient in $(jq -r .patient_id $key.01 | sort -u); do
		cat $key.* | jq -r --arg p "$patient" 'select(.patient_id == $p) | .time[:10]' | sort -u |
			jq -Rsc 'split("\n")[:-1] | map(. + "T00:00:00Z" | fromdate / 86400) | [.[1] - .[0], .[2] - .[1]]'
	done
	# Texts move with the members, and the time of day stays.
	cat $key.* | jq -r '(.time[:10] | gsub("-"; "")) == (.text | capture("(?<y>[0-9]+)年(?<m>[0-9]+)月(?<d>[0-9]+)日") |
	    .y + ("0" + .m)[-2:] + ("0" + .d)[-2:]), .time[10:]' | sort | uniq -c | awk '{ print $1, $2 }'
done
cat key.* | jq -r '.patient_id, .time, ._mdx.deid.key' | sort -u >a
cat other.* | jq -r '.patient_id, .time, ._mdx.deid.key' | sort -u >b
[ -z "$(comm -12 a b)" ] && echo unlinked
