# Two document types share lists of words by name; a list that is not there is
# a fault with its line.  A pattern names them too, and the longest word that
# fits counts.
mkdir mine
cat >mine/indicators.csv <<'CSV'
id,name_zh,level,type,source,anchors
cough,咳嗽,L2,bool,ward;clinic,
told,记录者,L2,text,clinic,re:由((?@staff)|实习生)记录
CSV
cat >mine/extract.json <<'JSON'
{
 "lists": {
  "kin": ["{父,母}亲"],
  "staff": ["护{,士}", "A+"],
  "others": ["@kin", "邻床"]
 },
 "documents": [
  {"id": "ward", "context": {"elsewhere": ["@others", "{@,@}ward"]}},
  {"id": "clinic", "context": {"elsewhere": ["@kin"]}}
 ]
}
JSON
for doc in ward clinic; do
	for text in 母亲咳嗽 邻床咳嗽 @ward咳嗽 咳嗽; do
		printf '{"text":"%s"}\n' "$text"
	done | mdx-extract -p ./mine --doc "$doc" | jq -c .indicators.cough
done
for text in 由护士记录 由护记录 由A+记录 由AA记录; do
	printf '{"text":"%s"}\n' "$text"
done | mdx-extract -p ./mine --doc clinic | jq -c .indicators.told
sed -i 's/"邻床"/"@neighbours"/' mine/extract.json
mdx-extract check -p ./mine
sed -i 's/"@neighbours"/"邻床"/' mine/extract.json
sed -i 's/(?@staff)/(?@stuff)/' mine/indicators.csv
mdx-extract check -p ./mine
