# Where the output cannot be written, the quarantine of an earlier run and a
# device stay as they are.
[ -c /dev/full ] || { echo "no /dev/full"; exit 77; }
echo '{"a":1}' >one
echo earlier >bad
ln -s /dev/full full	# so that a fault here costs the link, not the device
mdx-qc --rules-only -r "$CASES/rules.csv" --quarantine full \
    --quarantine-at info --fail-on never -o good one
echo "status $?"
[ -c full ] && echo "the device is there"
mdx-qc --rules-only -r "$CASES/rules.csv" --quarantine bad \
    --report nofolder/report --fail-on never -o good one
echo "status $?"
cat bad
