# One record a series or a study: counted over the run, in the order of the
# sources, the same for any number of workers; every instance is accounted for.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import pydicom' 2>/dev/null || { echo "no pydicom"; exit 77; }
"$python" "$CASES/dicom_small.py" images 3
printf 'a,b\n1,2\n' >images/zz.csv
mdx-ingest images --per series -j 1 --manifest m --report r >one
jq -c '[.SeriesInstanceUID, .SeriesDescription, .PatientName, .Instances, .Bytes, .Modalities,
    .InstanceNumber, ._mdx.kind, ._mdx.src, .a]' one
jq -c '[.ingest.pieces, .out.records, .set_aside, .skipped]' r
jq -e '.ingest.pieces == .out.records + .set_aside + ([.skipped[]] | add)' r
jq -c 'select(.bytes != ([.bytes_of[]] | add))' m
tail -n 1 m | jq -c .
for n in 2 3 4; do
	mdx-ingest images --per series -j $n >many
	cmp one many
done
mdx-ingest images --per study | jq -c 'select(.a == null) |
    [.StudyInstanceUID, .StudyDescription, .Instances, .Modalities, .SeriesNumber, ._mdx.src.row]'
echo '--- sums are those of the files'
mdx-ingest images --exclude zz.csv --per study | jq -s 'map(.Bytes) | add'
cat images/*.dcm | wc -c
echo '--- in an archive, with the elements that are named'
tar -cf images.tar images
mdx-ingest images.tar --exclude '*.csv' --per study --tags PatientID,Rows |
    jq -c '[.PatientID, .Rows, .Instances, ._mdx.src.member]'
echo '--- what cannot be counted'
head -c 200 /dev/zero >none.dcm
printf 'DICM\010\000\140\000CS\002\000CT' >no-study.dcm
mdx-ingest --per series no-study.dcm --rejects bad >out
echo $?
jq -c .error bad
mdx-ingest --per study --state s no-study.dcm
echo $?
