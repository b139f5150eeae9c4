# Follow-up of which no record has the key would be joined to nobody; an empty
# file is what an export that failed leaves behind.
echo '{"patient_id":"1","text":"x"}' >records
echo '{"pid":"1","fu_months":"2"}' >follow.ndjson
mdx-extract -p thyroid-ablation --join follow.ndjson --on patient_id records
echo "status $?"
echo '{"text":"no follow-up at all"}' >other.ndjson
mdx-extract -p thyroid-ablation --join other.ndjson --on patient_id -o out records
echo "status $?"
: >none
mdx-extract -p thyroid-ablation --join none --on patient_id records
