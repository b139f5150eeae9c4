# A number that an option cannot have ends the run before anything is read.
printf 'a\n1\n' >t.csv
for option in jobs max-nesting max-ratio max-member max-total max-members \
    max-record max-depth rate timeout settle samples; do
	mdx-ingest --$option 0 t.csv; echo "--$option 0: $?"
done
for option in skip-lines retries max-nesting max-ratio max-member max-total \
    max-members max-record max-depth max-rejects jobs rate timeout settle \
    samples rotate; do
	for number in -1 x 1e9 0x10 '' 99999999999999999999; do
		mdx-ingest --$option "$number" t.csv 2>err
		status=$?
		[ "$status $(wc -l <err)" = "2 1" ] && grep -q -- "--$option" err ||
		    { echo "--$option '$number': $status"; cat err; }
	done
done
echo "beyond what is possible"
for option in jobs=1025 retries=1001 max-nesting=61 max-ratio=1000000001 \
    max-record=2T max-depth=1000001 max-rejects=101% rate=1001 timeout=2d \
    samples=86401 max-member=17179869184G; do
	mdx-ingest --$option t.csv; echo "$?"
done
echo "the least that is"
for option in skip-lines=0 retries=0 max-nesting=1 max-ratio=1 max-member=1 \
    max-total=1 max-members=1 max-depth=1 max-rejects=0 rate=0.001; do
	mdx-ingest -q --$option t.csv --rejects /dev/null >/dev/null
	echo "--$option: $?"
done
