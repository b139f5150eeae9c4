# Every type of a hospital's own map, asked before the packs'.
mdx-normalize --map "$CASES/map.csv" --tz none <<'END' | sed "s|$CASES/||g"
{"年":"2018","月":"1","日":"14","z":1}
{"甲":"","乙":"b"}
{"甲":"a","乙":"b"}
{"甲":"a","乙":"a"}
{"旗":"有","龄":"1岁6月","码":"a;b、 c","弃":"x"}
{"旗":"也许","码":""}
{"码":"一、二;甲。乙"}
{"类":"x","测":"12"}
{"空":"不详","时":"上午8时5分"}
{"源":" x ","_mdx":{"src":{"uri":"a/b.zip"}}}
{"源":" x ","_mdx":{"src":{"uri":"a/b.csv"}}}
END
