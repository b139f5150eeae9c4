# Marks stand in brackets before or behind the share, with what says how strong
# or which clone; Hounsfield units and the numbers of series, images, layers and
# slices are no size and no count.
run() { # PACK ID,... TEXT
	printf '%s\n' "$3" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p "$1" --only "$2" | jq -c .indicators
}
echo "--- lung"
lung() { run lung-ct nodule_count,lesion.size,lesion.solid_size,lesion.prior_size,lesion.density "$1"; }
lung '右肺上叶见实性结节，大小约8mm×6mm，CT值约35HU，增强后CT值约62HU（Se3 Im45）。'
lung '左肺下叶磨玻璃结节（序列4，图像132），长径约7mm，CT值-650HU。'
lung '右肺中叶见一实性结节（Im 56/312），大小5x4mm，平扫CT值30-45Hu。'
lung '右肺下叶结节，见于第36层，SE5 IM120，约6mm，层厚5mm。'
lung '右肺上叶见结节（4-132），直径9mm，CT值：40 HU。'
lung '左肺上叶结节（series 3, image 45），大小1.2cm，约20亨氏单位。'
echo "--- path"
path() { run pathology ihc.ER,ihc.ER_pct,ihc.PR,ihc.PR_pct,ihc.Ki67,ihc.HER2,ihc.AR,ihc.AR_pct "$1"; }
path '免疫组化：ER（+，90%），PR（-），HER2（2+），Ki67（30%+）。'
path '免疫组化：ER（90%，+）PR（约5%+）HER2（0）Ki67（+，约20%）。'
path '免疫组化：ER（+）90%，PR 60%（+），AR（弱+，10%），Ki-67约15%（+）'
path '免疫组化：ER 90%(+++), PR(++)60%, HER2(3+), Ki67(+)40%'
path '免疫组化：ER（强阳性，约95%），PR（中等阳性 40%），Ki67（热点区35%）'
path '免疫组化：ER（SP1）（+，80%），PR（1E2）（2+，70%），Ki67（MIB-1）（约10%+）'
