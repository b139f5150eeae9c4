# What a source of gathered records cannot be is said with file and line.
mkdir mine
head='id,name_zh,name_en,group,level,kind,type,unit,values,low,high,source,expr,anchors,synonyms,identifying,note'
{
	echo "$head"
	echo 'a,甲,,,L1,course,number,,,,,lab[test=x].value:middle,,,,,'
	echo 'b,乙,,,L1,course,number,,,,,lab[test].value:last,,,,,'
	echo 'c,丙,,,L1,course,number,,,,,lab[test=@none].value:last,,,,,'
	echo 'd,丁,,,L1,course,number,,,,,lab[test=@drug].value:last,,,,,'
} >mine/indicators.csv
mdx-extract check -p ./mine
