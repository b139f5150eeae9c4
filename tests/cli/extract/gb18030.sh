# A plain report in GB18030 reads like one in UTF-8.
printf '左叶上极结节1.1*0.9*0.8cm。微波针，30W，2450MHz，2分30秒。完全消融。' |
	iconv -f UTF-8 -t GB18030 >note.txt
mdx-extract -p thyroid-ablation --table=csv --plain note.txt
