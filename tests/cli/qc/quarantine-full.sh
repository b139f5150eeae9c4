# Where the output cannot be written, neither it nor the quarantine appears.
[ -w /dev/full ] || { echo "no /dev/full"; exit 77; }
i=0
while [ $i -lt 20000 ]; do echo '{"dept":"a"}'; echo '{"a":1}'; i=$((i + 1)); done |
mdx-qc --rules-only -r "$CASES/rules.csv" --quarantine bad --fail-on never >/dev/full
echo "status $?"
ls
