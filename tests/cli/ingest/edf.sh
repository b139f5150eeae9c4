# EDF and BDF, plain and +: the header as it stands, GBK and damage noted,
# annotations, a recording still on, one that is cut off, one with gaps.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
"$python" "$CASES/edf_files.py" .
for file in ecg.edf eeg.edf gap.edf open.bdf gbk.edf cut.edf short.edf bad.edf; do
	mdx-ingest $file --manifest m
	echo "status $?"
	jq -c '[.bytes, .bytes_of, .complete, .kind, .kind_by, .skipped, .notes]' m
done
