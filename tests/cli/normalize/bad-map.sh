# All faults of a map are named, before the first record is read.
cat >map.csv <<'END'
source,kind,column,when,target,type,arg,with,null,note
,,a,,b,dat,,,,
,,a,,indicators.nosuch,number,,,,
,,a,,b,values,nosuch,,,
,,a,b,b,text,,,,
,,a,,unmapped,text,,,,
END
echo '{"a":1}' | mdx-normalize --map map.csv 2>&1 | sed "s|$TOP/||"
mdx-normalize --map map.csv </dev/null 2>/dev/null
