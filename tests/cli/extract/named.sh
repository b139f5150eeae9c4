# Objects that stand only by their names, each value with the name before it;
# what is stopped is set aside, as far as nothing resumes between; a code that
# texts use for another thing is no spelling; different codes are counted.
mkdir mine
cat >mine/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
drug.name,药名,,用药,L2,,code,,@drug,,,,,,,,
drug.dose,剂量,,用药,L2,,number,g,,,,,,,,,
drug.site,标本,,用药,L2,,text,,痰; 血,,,,,,,,
vent,通气,,呼吸,L2,,code,,无=!无|吸空气; 无创=无创呼吸机; 有创=呼吸机辅助,,,,,,,,
lobes,肺叶数,,肺,L2,,integer,,a=!a|右上叶; b=!b|右下叶|双下叶; c=!c|左下叶|双下叶,1,5,,,炎|叶受累,,,
gcs,GCS,,神经,L2,,integer,,,3,15,,,GCS,,,
END
cat >mine/extract.json <<'END'
{"documents":[{"id":"note"}],
 "groups":{"drug":{"identify":["name"],"named":true,"exclude":["停用"]}},
 "lexicons":{"drug":{"美罗培南":["美平"],"莫西沙星":[],"多黏菌素B":[],"阿奇霉素":[]}},
 "fields":{"drug.dose":{"own":true,"bare":true,"pick":"first"},
  "drug.site":{"pick":"before"},"vent":{"pick":"last"},
  "lobes":{"pick":"count"},"gcs":{"pick":"first"}},
 "context":{"resumes":["改为"]}}
END
mdx-extract -p ./mine <<'END' | jq -c '.indicators | map_values(select(. != null))'
{"text":"白蛋白10g。痰：美平1g q8h + 莫西沙星0.4g，血：多黏菌素B50mg。"}
{"text":"停用美罗培南改为莫西沙星0.4g。多黏菌素B1g，停用阿奇霉素，GCS共13分"}
{"text":"无发热，吸空气，后予无创呼吸机辅助。右上叶、双下叶炎症"}
{"text":"右上叶炎症，共四叶受累。白蛋白10g"}
END
