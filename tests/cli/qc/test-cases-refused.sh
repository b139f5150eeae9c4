# A file of cases that tests nothing does not pass: a member that is not known,
# an id of `only` that no rule has, no case at all.  A name is one line of TAP
# and no directive.
cat >r.csv <<'END'
id,field,check,arg,message
A,age,range,"[0,130]",x
END
try() {
	mdx-qc test --rules-only -r r.csv "$@" -
	echo "status $?" >&2
}
case='{"case":"a","record":{"age":131},"expect":["A"]'
echo "$case,\"olny\":[\"A\"]}" | try
echo "$case,\"ticket\":7}" | try
echo "$case,\"only\":[\"A\",\"AG*\"]}" | try
echo "$case,\"only\":\"A\"}" | try
echo "$case,\"before\":{}}" | try
echo '[1]' | try
printf '\n\n' | try
try </dev/null
echo "$case,\"x_ticket\":7,\"only\":[\"A*\"]}" | try
printf '%s\n' '{"case":"a\nok 7 - b # TODO","record":{"age":1},"expect":["A\nok 8"]}' | try
# What narrows the rules on the command line leaves `only` what it was.
printf 'id,field,check,message\nB,age,required,x\n' >b.csv
echo "$case,\"only\":[\"A\"]}" | try -r b.csv --only A
