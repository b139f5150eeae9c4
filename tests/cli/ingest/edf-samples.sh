# Values in windows: one record a rate, names apart, gaps seen by t; the same
# ids from a pipe; a length that is none ends the run before it begins.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
"$python" "$CASES/edf_files.py" .
for file in ecg.edf eeg.edf gap.edf open.bdf cut.edf; do
	mdx-ingest --samples 1.5 $file --manifest m | sed 1d |
	    jq -c 'del(._mdx), [._mdx.id, ._mdx.src.row, ._mdx.src.offset]'
	jq -c '[.bytes, .bytes_of, .complete, .skipped, .notes]' m
done
mdx-ingest --samples 0.75 eeg.edf | jq -r ._mdx.id >file
mdx-ingest --samples 0.75 <eeg.edf | jq -r ._mdx.id >redirected
cat eeg.edf | mdx-ingest --samples 0.75 | jq -r ._mdx.id >pipe
cmp file pipe && cmp file redirected && wc -l <file
mdx-ingest --samples 0 ecg.edf
echo "status $?"
