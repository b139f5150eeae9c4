# Results of stains and genes: a mark before or behind its share, a clone in
# brackets, names listed together or announced by their result, a stain that was
# done again, one that was not done.
mdx-extract -p pathology <<'END' | jq -c '.indicators | with_entries(select(.value != null and (.key | test("^(ihc|mol)"))))'
{"text":"ER（+，约90%），PR约60%（+），HER2（2+），Ki-67（约30%+）"}
{"text":"ER（SP1）（-），HER-2（4B5）3+，Ki67(MIB-1) 10%-20%，P40（BC28）-"}
{"text":"CK7、TTF-1（+），P40、CK5/6均阴性，CD56（+/-），Syn±"}
{"text":"阳性：CK20、CDX2；阴性：CK7。MLH1/PMS2表达缺失，MSH2+ MSH6+"}
{"text":"外院：ER（+），HER2（3+）。我科：ER（-），HER2（1+）。GATA3未做，AR结果另报"}
{"text":"HER2 0，PD-L1（22C3）：TPS<1%，CPS 2；CK8/18(+)，CD34(-)"}
{"text":"BRAF V600E突变（+）；EGFR 19-del突变；KRAS野生型；RET融合（-）；建议行TERT启动子突变检测。MSI-H"}
END
