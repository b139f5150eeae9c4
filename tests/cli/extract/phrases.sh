# A place is a phrase: a noun and what touches it, before the word that
# announces it, through a list and through words of a link; a shorter phrase
# within a longer one is the same place.
mkdir mine
cat >mine/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
primary.site,原发部位,,肿瘤,L2,,text,,@organ,,,,,癌|肺癌|鳞癌|!癌术后,,,
primary.size,大小,,肿瘤,L2,,dims,mm,,,,,,大小|肿块,,,
metastasis.site,转移部位,,肿瘤,L2,,text,,@organ,,,,,转移,,,
END
cat >mine/extract.json <<'END'
{"documents":[{"id":"ct"}],
 "groups":{"primary":{"identify":["site"],"named":true},
  "metastasis":{"identify":["site"],"named":true}},
 "lexicons":{"organ":{"肺":[],"肝":[],"胃":[],"骨":[],"颈":[],"淋巴结":[]},
  "place":{"左":[],"右":[],"双":[],"上叶":[],"下叶":[],"窦":[],"部":[]}},
 "fields":{"primary.site":{"chain":"place","links":["周围型"],
   "weak":["肿块"]},"primary.size":{"pick":"first"},
  "metastasis.site":{"chain":"place","links":["、","多发"],
   "strong":["转移至"]}}}
END
mdx-extract -p ./mine <<'END' | jq -c '.indicators, ._mdx.extract[0].quote'
{"text":"左肺上叶肺癌，大小2.1x2.0cm。左肺癌伴双肺、肝多发转移，颈部多发淋巴结转移，骨未见转移。"}
{"text":"右肺下叶肿块3x2cm，证实为鳞癌。转移至肝、骨。胃结节。"}
{"text":"胃窦癌术后，肿块2x1cm。2年前肝癌。右肺下叶周围型癌？"}
{"text":"肺癌"}
END
