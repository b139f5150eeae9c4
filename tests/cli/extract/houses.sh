# What another house measured, and a relative's fever, are not the patient's of
# here and now; a preferred section outweighs the others; what one drug is
# changed to takes its place.
mkdir mine
cat >mine/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
highest,体温,,体征,L2,,number,Cel,,34,43,note:open,,T|体温,,,
hr,心率,,体征,L2,,number,/min,,20,260,"note:open,exam",,P|心率,,,
sbp,收缩压,,体征,L2,,number,mm[Hg],,40,300,"note:open,exam",,BP,,,
fever,发热,,症状,L2,,bool,,,,,"note:open,exam",,发热,,,
drug.name,药物,,治疗,L2,,code,,美罗培南; 莫西沙星; 利奈唑胺,,,note,,,,,
drug.days,天数,,治疗,L2,,integer,d,,1,90,note,,第|D,,,
END
cat >mine/extract.json <<'END'
{"documents":[{"id":"note","sections":{"open":["一般:"],"exam":["查体"]},
   "opening":"open","ignore":["天前","外院"],"context":{"outside":["外院","途中"],
   "elsewhere":[">其妻"],"resumes":["入院",">改为",">换用"]}}],
 "groups":{"drug":{"identify":["name"],"named":true,"exclude":["停用"]}},
 "fields":{"highest":{"pick":"largest","despite":["outside"],"unitless":true},
  "hr":{"pick":"first","prefer":["exam"],"unitless":true},
  "sbp":{"pick":"first","measure":"ratio.part","unitless":true},
  "fever":{"pick":"worst"},"drug.days":{"own":true,"unitless":true}}}
END
mdx-extract -p ./mine <<'END' | jq -c '.indicators | map_values(select(. != null))'
{"text":"3天前外院测T 39.5℃，P 120次/分，查体：P 118次/分，降至110次/分；入院P 96次/分。"}
{"text":"心率104次/分。查体：P 88次/分，T 37.2℃。"}
{"text":"发热2天，体温38.2℃，其妻近日T 40.1℃。"}
{"text":"血压：BP 120-130/70-80mmHg；途中BP 80/40mmHg"}
{"text":"BP 118/76～124/82mmHg"}
{"text":"美罗培南第5天，今日改为莫西沙星。利奈唑胺第2天，建议换用美罗培南。"}
{"text":"美罗培南D3、利奈唑胺D3。今日停用利奈唑胺。查体：P 90次/分"}
END
sed -i 's/"prefer":\["exam"\]/"prefer":["exma"]/' mine/extract.json
mdx-extract check -p ./mine
