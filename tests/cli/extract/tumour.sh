# Places as reports write them: in brackets, behind the diagnosis, closer in the
# findings than in it; a size that is told of another organ is not the tumour's.
mdx-extract -p tumour-imaging <<'END' |
{"id":1,"text":"右半结肠（肝曲）腺癌，侵犯十二指肠，大小3.9×3.0cm；脾大，长径13cm。"}
{"id":2,"text":"RCC，右肾中部，47x42mm。"}
{"id":3,"text":"前列腺外周带右侧结节，约17mm×13mm，穿刺前列腺癌。"}
{"id":4,"text":"左肺上叶尖后段中央型肺癌；脾长径12cm；肝S2、S5各见一枚转移灶。"}
{"id":5,"text":"直肠癌；右颈淋巴结肿大，转移不除外。"}
END
jq -c '.indicators | [[.primary[] | [.site, .size]], [.metastasis[].site]]'
echo "--- names that no lexicon has, parts side by side, what is inside"
run() {
	printf '%s\n' "$1" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p tumour-imaging | jq -c '.indicators|[[.primary[]?.site],[.metastasis[]?.site]]'
}
run '食管癌，右侧喉返神经旁淋巴结转移，所扫上腹部左侧肾上腺转移。'
run '左侧肾盂内充盈缺损24x16mm。左侧肾盂尿路上皮癌。'
run '鼻咽右侧壁及顶后壁肿物，诊断鼻咽癌。'
run '直肠癌术后，双肺小结节，待排转移。'
