# A section that passes ends with its sentence; one in brackets behind a value is
# that value's, and one opens where something was measured before it; a dose
# says that it was given; a line of bare values has one for each object.
mkdir mine
cat >mine/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
lesion.place,部位,,,L2,,code,,左叶; 右叶,,,,,,,,
lesion.size,大小,,,L2,,dims,mm,,,,note:before,,大小,,,
lesion.left,术后大小,,,L2,,dims,mm,,,,"note:after,energy",,大小,,,
lesion.power,功率,,,L2,,number,W,,,,,,功率,,,
given_before,术前造影,,,L2,,bool,,,,,note:before,,造影,,,
dose_before,术前剂量,,,L2,,number,ml,,,,note:before,,造影剂,,,
given_after,术后造影,,,L2,,bool,,,,,note:after,,造影,,,
dose_after,术后剂量,,,L2,,number,ml,,,,note:after,,造影剂,,,
END
cat >mine/extract.json <<'END'
{"documents":[{"id":"note","opening":"before","passing":["energy"],
  "sections":{"before":["术前","(前)"],"after":["术后","(后)"],"energy":["功率"]}}],
 "groups":{"lesion":{"identify":["place"]}},
 "fields":{"lesion.size":{"bare":true,"own":true,"pick":"first"},
  "lesion.left":{"bare":true,"own":true,"pick":"first"},
  "given_before":{"with":"dose_before"},"given_after":{"with":"dose_after"}}}
END
mdx-extract -p ./mine <<'END' | jq -c '.indicators | .lesion |= map(map_values(select(. != null))) | map_values(select(. != null))'
{"text":"功率30W，5x4mm。左叶大小9x8mm。"}
{"text":"左叶造影剂1.5ml（前）、2ml（后）"}
{"text":"左叶 造影剂术前1.5ml术后2ml"}
{"text":"右叶 左叶\n术前(mm) 9x8 6x5\n功率(W) 30 40\n术后(cm) 1.2x1.1 0.9x0.8"}
END
sed 's/"energy"\]/"enregy"]/; s/"with":"dose_after"/"with":"lesion.size"/' mine/extract.json >damaged
mv damaged mine/extract.json
mdx-extract check -p ./mine
