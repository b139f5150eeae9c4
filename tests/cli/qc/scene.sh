# A rule may be for several scenes: all rules without --scene, its own with it.
cat >r.csv <<'END'
id,field,check,scene,message
A,dept,required,hqms|drg,x
B,name,required,drg,x
C,sex,required,,x
END
echo '{}' >one.ndjson
mdx-qc --rules-only -r r.csv one.ndjson
mdx-qc --rules-only -r r.csv --scene drg one.ndjson
mdx-qc --rules-only -r r.csv --scene hqms one.ndjson
exit 0
