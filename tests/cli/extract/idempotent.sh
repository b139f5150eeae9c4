# A second run over its own output changes no byte; other members, other
# indicators and their entries stay as they came.
cat >in.ndjson <<'END'
{"n":1.50,"text":"右叶结节1.0x0.9x0.8cm，微波消融，功率30W。","id":1234567890123456789,"indicators":{"other":0.10},"_mdx":{"id":"k1","extract":[{"path":"other","value":0.10,"engine":"hand","status":"ok"}]}}
{"text" : "术前：①左叶上极结节0.8×0.7×0.6cm，②左叶下极结节1.5×1.2×1.1cm。①②均行射频消融，功率分别为25W、35W。"}
END
mdx-extract -p thyroid-ablation in.ndjson >once.ndjson
mdx-extract -p thyroid-ablation once.ndjson >twice.ndjson
cat once.ndjson
cmp once.ndjson twice.ndjson
