# L3: null where an operand is null; any: computes all the same; an error of
# jq is failed; a range is no operand.
mkdir p
cat >p/indicators.csv <<'END'
id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note
stature,身长,stature,,L2,,number,cm,,,,,,,,,
mass,体质量,mass,,L2,,number,kg,,,,,,,,,
index,指数,index,,L3,,number,,,,,,.mass / (.stature / 100 * .stature / 100),,,,
known,已知,known,,L3,,number,,,,,,"any:[.stature, .mass] | map(select(. != null)) | length",,,,
odd,异常,odd,,L3,,number,,,,,,".mass | error(""no"")",,,,
END
mdx-extract -p ./p <<'END' | jq -c '.indicators, [._mdx.extract[]? | select(.engine == "jq") | [.path, .value, .status, .why]]'
{"text":"身长170cm，体质量65kg"}
{"text":"身长170cm"}
{"text":"身长170cm，体质量60-65kg"}
END
