# Two outputs in one file, or an output in the place of an input, are refused
# before anything is written.
printf 'id,field,check,message\nA,dept,required,缺\n' >rules.csv
printf '{"dept":""}\n{"dept":"内科"}\n' >in.ndjson
printf 'id,check,arg,message\nGAP,gap,10s,无数据\n' >gap.csv
run() {
	mdx-qc "$@" --rules-only -r rules.csv --fail-on never >/dev/null
	echo "$?"
}
run --quarantine q --summary q in.ndjson
run --summary in.ndjson in.ndjson
run --quarantine in.ndjson in.ndjson
run --no-output --summary s in.ndjson
mdx-qc report --html s s; echo $?
mdx-qc report --csv t --json t s; echo $?
mdx-qc watch --rules-only -r gap.csv --alerts in.ndjson in.ndjson; echo $?
mdx-qc watch --rules-only -r gap.csv --alerts a --state a in.ndjson; echo $?
wc -l <in.ndjson; ls
