# Subjects share words and spellings: each value goes to the subject named
# last, a word of all of them is outweighed; numbers may lack their unit; a
# ratio has two parts; of several answers the worst.
mkdir mine
cat >mine/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
mr,二尖瓣反流,,瓣膜,L2,,code,,无=未见; 少量=轻度; 大量=重度,,,echo:mv,,反流|MR|!增厚,,,
tr,三尖瓣反流,,瓣膜,L2,,code,,无=未见; 少量=轻度; 大量=重度,,,echo:tv,,反流|TR|!增厚,,,
la,左房内径,,测值,L2,,number,mm,,10,90,echo:la,,左房|LA|前后径|!左右径|!上下径,,,
rv,右室内径,,测值,L2,,number,mm,,5,90,echo:rv,,右室|RV|前后径,,,
ef,射血分数,,功能,L2,,percent,%,,5,95,,,EF,,,
sbp,收缩压,,体征,L2,,number,mmHg,,40,300,,,BP|血压,,,
dbp,舒张压,,体征,L2,,number,mmHg,,20,200,,,BP|血压,,,
effusion,积液,,心包,L2,,bool,,,,,echo:pc,,积液|暗区,,,
motion,运动异常,,室壁,L2,,bool,,,,,,,re:运动(?:减弱|(未见异常)),,,
END
cat >mine/extract.json <<'END'
{"documents":[{"id":"echo","subjects":{"mv":["二尖瓣","MR","各瓣膜"],
   "tv":["三尖瓣","TR","各瓣膜"],"la":["左房","LA"],"rv":["右室","RV"],
   "pc":["心包"]},"ignore":["日前"],
   "context":{"history":["<改为","昨日,","<<作废"]}}],
 "fields":{"mr":{"pick":"worst","weak":["各瓣膜"]},
  "tr":{"pick":"worst","weak":["各瓣膜"]},
  "la":{"unitless":true,"pick":"first"},"rv":{"unitless":true},
  "ef":{"unitless":true,"pick":"last"},
  "sbp":{"measure":"ratio.part","unitless":true},
  "dbp":{"measure":"ratio.whole","unitless":true},
  "effusion":{"pick":"worst"},"motion":{"pick":"worst"}}}
END
mdx-extract -p ./mine <<'END' | jq -c '.indicators | map_values(select(. != null))'
{"text":"二尖瓣轻度增厚，见重度反流；三尖瓣未见反流。"}
{"text":"少量MR，TR无，各瓣膜未见反流。EF 0.61"}
{"text":"瓣膜反流：二尖瓣轻度，三尖瓣重度。二尖瓣少量反流，各瓣膜未见反流"}
{"text":"左房左右径47mm、上下径55mm、前后径40mm，右室22mm。BP 126/78mmHg"}
{"text":"LA3.3 RV1.9(cm) BP9/6"}
{"text":"L A 3 8 mm R V 2 1 mm，E F 6 5%"}
{"text":"EF 59% ≥50，右室19(<30)。EF由42%升至55%。EF 30%改为EF 50%"}
{"text":"心包(-)积液。室壁运动未见异常"}
{"text":"心包积液+，室壁运动减弱；运动未见异常"}
{"text":"1日前EF 44%"}
{"text":"昨日 EF 40%，今EF 50%。EF 30%，LA 3cm，作废；RV 2cm"}
END
