# Two document types share lists of words by name; a list that is not there is
# a fault with its line.
mkdir mine
cat >mine/indicators.csv <<'CSV'
id,name_zh,level,type,source
cough,咳嗽,L2,bool,ward;clinic
CSV
cat >mine/extract.json <<'JSON'
{
 "lists": {
  "kin": ["{父,母}亲"],
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
sed -i 's/"邻床"/"@neighbours"/' mine/extract.json
mdx-extract check -p ./mine
