# What a spreadsheet did to codes is refused with the line: several codes turned
# into a number, dates, 1.23E+17, lost zeros, formulas that are errors; NDJSON
# was in no spreadsheet, and a long code alone may stand in a file.
cat >r.csv <<'END'
id,field,check,arg,when,message
0001,unit,值域,85238524,,x
0002,unit,值域,"8523,8524",,x
0003,unit,值域,"85,238,524",,x
0004,unit,enum,1.23E+17,,x
0005,code,enum,2025/3/8,,x
0006,code,compare,#NAME?,,x
0007,code,enum,A|B,3月8日,x
0009,code,map,@map.csv sex,,x
0010,code,enum,@set.txt,,x
0011,code,enum,8523|8524,,x
0012,code,enum,1234567,,x
END
cat >ids.csv <<'END'
id,field,check,message
0001,a,required,x
0002,a,required,x
0003,a,required,x
0004,a,required,x
5,a,required,x
8-Mar,a,required,x
END
printf 'key,value\nO80,2\n1E+05,1\n' >map.csv
printf 'A01\n8-Mar\n' >set.txt
mdx-qc --rules-only -r r.csv </dev/null
echo "status $?"
mdx-qc --rules-only -r ids.csv </dev/null
echo "status $?"
head -n 1 r.csv >tables.csv
grep '@' r.csv >>tables.csv
mdx-qc --rules-only -r tables.csv </dev/null
echo "status $?"
echo 85238524 >long.txt
cat >r.ndjson <<'END'
{"id":"A","field":"unit","check":"enum","arg":"85238524","message":"x"}
{"id":"B","field":"unit","check":"enum","arg":"@long.txt","message":"x"}
END
echo '{"unit":"8523"}' | mdx-qc --rules-only -r r.ndjson --fail-on never
echo '-- NDJSON is told by its first sign, too'
head -n 1 r.ndjson | mdx-qc rules --rules-only -r /dev/stdin | cut -c 1-40
