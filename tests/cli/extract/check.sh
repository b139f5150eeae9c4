# Every fault of a pack is listed, with file, line and remedy.
mdx-extract check -p thyroid-ablation
mkdir p
cat >p/indicators.csv <<'END'
id,name_zh,level,type,unit,anchors
f,频率,L2,number,mhzz,
g,增益,L2,number,,re:(
h,高度,L2,number,mm,=nobody
END
mdx-extract check -p ./p
mkdir named
cat >named/indicators.csv <<'END'
id,name_zh,level,type,unit,values
way,方式,L2,code,,微波|射频
post_dose,剂量,L2,number,ml,
END
cat >named/extract.json <<'END'
{
 "lists": {"{a,b}": ["一"]},
 "lexicons": {"l": {"@{a,b}": ["二"]}},
 "documents": [{"id": "d"}],
 "fields": {
  "way": {"carried": ["power"]},
  "post_dose": {"same": {"way": ["同剂量"]}}
 }
}
END
mdx-extract check -p ./named
