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
