# A companion and a condition may name several columns of one meaning; the one
# that the record has counts, whichever a laboratory's system writes.
cat >lab.ndjson <<'IN'
{"项目名称":"葡萄糖","结果":"5.0","样本类型":"尿液","参考值":"0-1.1","_mdx":{"kind":"lab"}}
{"检验项目":"血沉","检验结果":"15","结果单位":"mm/h","参考区间":"0～20","标本类型":"全血","_mdx":{"kind":"lab"}}
{"检验项目":"肌酐","结果":"1.0","单位":"mg/dL","正常范围":"0.6-1.1","_mdx":{"kind":"lab"}}
IN
mdx-normalize lab.ndjson >once
cat once
mdx-normalize once | cmp - once && mdx-normalize --again once | cmp - once &&
	echo same
cat >map.csv <<'CSV'
source,kind,column,when,target,type,arg,with,null,note
,,v,p|q=1,value,result,,unit=@u||w,,
CSV
mdx-normalize check map.csv
