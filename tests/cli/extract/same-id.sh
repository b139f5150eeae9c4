# Two packs may both have an id where the rows say the same of a value; a note
# may differ, a unit may not.
head='id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note'
mkdir one two three
printf '%s\n%s\n' "$head" 'vol,引流量,,手术,L2,,number,ml,,0,5000,,,引流量,,,of one' >one/indicators.csv
printf '%s\n%s\n' "$head" 'vol,引流量,,别组,L2,,number,ml,,0,5000,,,引流量,,,of two' >two/indicators.csv
printf '%s\n%s\n' "$head" 'vol,引流量,,手术,L2,,number,l,,0,5000,,,引流量,,,' >three/indicators.csv
echo '{"text":"引流量约15ml。"}' | mdx-extract -p ./one -p ./two | jq -c .indicators
echo '{"text":"引流量约15ml。"}' | mdx-extract -p ./one -p ./three
