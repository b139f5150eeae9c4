# Two repeating groups in one document; a text told by the spellings of its
# values, and a value set out of the pack's own approved terms.
mkdir -p mine/terms
cat >mine/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
primary.site,原发部位,,肿瘤,L2,,text,,胃窦; 肝,,,ct,,癌|占位|!转移,,,
primary.size,大小,,肿瘤,L2,,dims,mm,,,,ct,,大小约,,,
metastasis.site,转移部位,,肿瘤,L2,,text,,肝; 肺,,,ct,,转移,,,
agent,用药,,治疗,L2,,code,,@drug,,,ct;note,,,,,
END
cat >mine/extract.json <<'END'
{"documents":[{"id":"ct","match":{"kind":["exam"]}},{"id":"note"}],
 "groups":{"primary":{"identify":["site"]},"metastasis":{"identify":["site"]}}}
END
cat >mine/terms/drug.csv <<'END'
field,term,code,display,system,version,relation,status
drug,美平,J01DH02,美罗培南,atc,2026,exact,APPROVED
drug,泰能,J01DH51,亚胺培南,atc,2026,exact,REVIEW
END
mdx-extract -p ./mine <<'END' | jq -c .indicators
{"text":"胃窦癌，大小约3.1x2.0cm。肝及肺转移。予美平、泰能。","_mdx":{"kind":"exam"}}
{"text":"未见肝转移。","_mdx":{"kind":"exam"}}
{"text":"予美平。","_mdx":{"kind":"note"}}
END
