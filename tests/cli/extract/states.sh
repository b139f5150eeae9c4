# The state at the end of a note: what has ended is no more, whenever that was,
# and no other thing of its clause; what is to end, or does not, is there still;
# of several things under one indicator any is enough; what no code has empties
# it; a value goes with its code; a condition and a list of advice are plans; a
# clause of no more than an end is of what was named before; a mark crosses a name
# out; a document type may pick otherwise.
mkdir mine
cat >mine/indicators.csv <<'CSV'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
vent,通气,,支持,L2,,code,,鼻导管; 高流量; 有创=!有创|呼吸机,,,,,,,,
peep,PEEP,,支持,L2,,number,cm[H2O],,0,40,,,PEEP,,,
tube,插管,,支持,L2,,bool,,,,,,,"{气管,经口}插管",,,
pressor,升压,,支持,L2,,bool,,,,,,,"{去甲,去甲肾上腺素}|多巴胺|升压药",,,
crrt,血滤,,支持,L2,,bool,,,,,,,CRRT|血滤,,,
sbp,收缩压,,体征,L2,,number,mm[Hg],,40,300,,,BP|血压,,,
t,体温,,体征,L2,,number,Cel,,34,43,,,T|体温,,,
drug.name,药,,治疗,L2,,code,,美罗培南; 万古霉素; 利奈唑胺,,,,,,,,
drug.dose,剂量,,治疗,L2,,number,g,,0.01,9,,,,,,
CSV
cat >mine/extract.json <<'JSON'
{"documents":[{"id":"note","pick":{"first":["sbp"]}}],
 "groups":{"drug":{"identify":["name"],"named":true}},
 "context":{"ended":["{,<}{停,停用,撤,拔除,终止}","<下机"],"history":["昨日,","治疗前"],
   "resumes":["现","治疗后,",">改为"],"planned":["拟","建议","明日"],
   "outside":["外院"],"elsewhere":[">其弟"]},
 "fields":{"vent":{"pick":"last","empties":["面罩{吸氧,给氧}"]},
   "peep":{"pick":"last","while":{"vent":["有创"]},"unitless":true},
   "tube":{"pick":"last"},"crrt":{"pick":"last"},
   "pressor":{"pick":"last","whole":["升压药"]},
   "sbp":{"pick":"last","measure":"ratio.part","unitless":true},
   "t":{"pick":"largest","upper":true},
   "drug.dose":{"own":true,"bare":true}}}
JSON
mdx-extract check -p ./mine
mdx-extract -p ./mine <<'NOTES' | jq -c '.indicators | map_values(select(. != null and . != []))'
{"text":"昨日已停用去甲、CRRT，气管插管在位。"}
{"text":"气管插管接呼吸机CRRT已停。"}
{"text":"今晨拔除气管插管后高流量吸氧。"}
{"text":"呼吸机辅助，PEEP 8。CRRT拟明日停，去甲未停。"}
{"text":"去甲0.1泵入，多巴胺已停。"}
{"text":"去甲、多巴胺泵入，现升压药已停。"}
{"text":"呼吸机PEEP 5，今拔除气管插管，改面罩吸氧。"}
{"text":"BP<90mmHg时予去甲。血压120/70mmHg，建议：1.行CRRT；2.气管插管；3.现去甲维持。"}
{"text":"美罗培南1g、万古霉素0.5g，明日停万古霉素。昨日停利奈唑胺。"}
{"text":"万古霉素1g已停用，改为利奈唑胺0.6g。"}
{"text":"治疗前BP 80/50，治疗后血压110/60，拟治疗后行CRRT。T 37.2-38.5℃"}
{"text":"气管插管 呼吸机辅助 PEEP 6 去甲已停 血滤中\n体温 38.1℃ 血压 100/60\n14:20血压下降"}
{"text":"昨日曾用去甲，今晨6时已停。CRRT治疗3天，此后未再做。"}
{"text":"去甲泵入，镇静药已停。其弟发热，现用美罗培南；万古霉素1g。"}
{"text":"美罗培南-；万古霉素：（-）；利奈唑胺 +"}
{"text":"美罗培南（外院3-2）：1g，万古霉素0.5g"}
{"text":"去甲、CRRT运行中，计划明日将美罗培南改为万古霉素。"}
{"text":"万古霉素（0.5g，q8h，1天）联合利奈唑胺0.6g。美罗培南（外院，3月2日）"}
{"text":"治疗前CRRT现已停。所见 1.去甲 2.未行气管插管 3.去甲0.1维持"}
{"text":"美罗培南1g→万古霉素0.5g，利奈唑胺0.6g"}
{"text":"对美罗培南过敏，予万古霉素0.5g+0.9%氯化钠100ml"}
NOTES
sed -i 's/{"vent":\["有创"\]}/{"vnt":["有创"]}/' mine/extract.json
mdx-extract check -p ./mine
sed -i 's/{"vnt":\["有创"\]}/["有创"]/; s/"upper":true/"uper":true/' mine/extract.json
mdx-extract check -p ./mine
