# Who is told to end does not first settle the keys of all that passed: the
# summary says that it is not whole, and counts nothing for rules that compare.
printf 'id,field,check,message\nU,x,unique,x\nR,x,required,x\n' >r.csv
mkfifo in
mdx-qc --rules-only -r r.csv --state state --summary s in >out &
exec 3>in
printf '{"x":1}\n{"x":1}\n' >&3
until [ -s out ]; do sleep 0.05; done
kill -TERM $!
wait $!
echo "status $?"
head -n 1 s | grep -o '"complete":[a-z]*\|"records":2,'
grep -o '"rule":"[UR]".*"error":[0-9]*' s
[ ! -e state ]
