# A clinician adds an indicator with one CSV row, and nothing else.
cp -R "$TOP/lib/share/packs/thyroid-ablation" ./mine
echo 'drain_volume,引流量,drainage volume,手术,L2,,number,ml,,0,5000,,,引流量|引流液约|!冲洗,,,' \
	>>mine/indicators.csv
mdx-extract -p ./mine --only drain_volume <<'END'
{"text":"右叶结节1.0x0.9x0.8cm，微波消融。引流液约15毫升，冲洗20ml。"}
END
