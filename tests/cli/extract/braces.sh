# Words written together in braces: spellings, anchors, words of extract.json;
# too many of them are a fault with its row.
mkdir mine
cat >mine/indicators.csv <<'CSV'
id,name_zh,level,type,values,anchors
agent,药,L2,code,"甲=甲{,钠}{/,-}乙{,钠}|丙; 丁",
cough,咳嗽,L2,bool,,"{咳,呛}{嗽,}|!咳{血,鲜血}"
CSV
echo '{"context":{"negated":["{未,没有}再{,见}"]}}' >mine/extract.json
for text in 甲钠-乙钠 甲/乙 甲乙 丙 '未再见咳嗽' '没有再呛' '咳鲜血'; do
	printf '{"text":"%s"}\n' "$text"
done | mdx-extract -p ./mine | jq -c .indicators
x='{0,1,2,3,4,5,6,7,8,9}'
echo "e,戊,L2,code,\"己=$x$x$x$x\",\"$x$x$x$x\"" >>mine/indicators.csv
echo "{\"context\":{\"negated\":[\"$x$x$x$x\"]}}" >mine/extract.json
mdx-extract check -p ./mine
