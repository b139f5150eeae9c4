# Units asked for, ranges, findings, indicators in the catalogue's unit, dates
# that must be declared, zones, companions, drops and jq.
cat >map.csv <<'END'
source,kind,column,when,target,type,arg,with,null,note
,,值,项=GLU|血糖;样!=尿,value,result,mmol/L,unit=@单位;ref=@参考;analyte=葡萄糖,-,
,,值,项~TSH,value,result,,unit=@单位,,
,,肌酐,,indicators.lab.CREA,result,,unit=@肌酐单位;analyte=肌酐,,
,,体重,,indicators.weight,result,,unit=kg,,
,,何日,,day,date,mdy cut,,,
,,何时,,at,datetime,"yy:30 oracle",,1900-01-01,
,,号,,serial,date,excel,,,
,,秒,,instant,datetime,epoch,,,
,,弃,,,drop,,,,
,,合,,total,jq,".a + .b",,,
,,单,,written_unit,unit,,,,
,,a,,a,number,,,,
,,r,,value,result,,,,
,,q,,value,result,mmol/L,unit=mg/dL;analyte=葡萄糖,,
END
mdx-normalize --map map.csv --report r.json <<'END' | jq -c 'del(._mdx.id) | if ._mdx.norm then ._mdx.norm |= ([.unmapped // [], [.[] | objects | .reason // empty]]) else . end'
{"项":"GLU","值":"99↑","单位":"mg/dL","参考":"70-110"}
{"项":"GLU","值":"<5.60","单位":"mmol/L"}
{"项":"血糖","值":"5.60","单位":"个"}
{"项":"血糖","值":"5.60mmol/L","单位":"mg/dL"}
{"项":"血糖","值":"标本溶血","单位":"mg/dL"}
{"项":"血糖","值":"-","单位":""}
{"项":"血糖","样":"尿","值":"2+"}
{"项":"hTSH","值":{"1":">","2":"100"},"单位":"uIU/ml"}
{"项":"TSH","值":"0.05(阴性)","单位":"mIU/L"}
{"肌酐":"1.0","肌酐单位":"mg/dL","体重":"60-65"}
{"肌酐":"1.0","肌酐单位":"IU/L","体重":"60000g"}
{"何日":"1/14/2018 8:05","何时":"14-1月 -18 08.05.06.5 下午"}
{"何日":"2018-02-30","何时":"1900-01-01","号":"60"}
{"何时":"2018-01-31 24:00","号":"43114","秒":1515888000}
{"何时":"2018-01-31T08:05Z","号":"1/2/2018"}
{"弃":"x","合":0,"a":1,"b":2}
{"单":"×10⁹/L"}
{"单":"不知"}
{"a":"１，２３４"}
{"a":1234567890123456789,"b":0.10}
{"r":"5.6mmol/L"}
{"q":"99"}
END
jq -c '.normalize | [.dropped, .fields.value]' r.json
echo '{"何时":"2018-01-14 8:05"}' | mdx-normalize --map map.csv --tz none | jq -r .at
echo '{"何时":"2018-01-14 8:05"}' | mdx-normalize --map map.csv --tz -03:30 | jq -r .at
sed 's/indicators.weight/indicators.name/' map.csv >name.csv
mdx-normalize --map name.csv </dev/null
