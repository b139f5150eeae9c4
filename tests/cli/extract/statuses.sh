# Nothing there, denied, doubted, at odds, implausible: each can be told.
mdx-extract -p thyroid-ablation --trace <<'END' |
{"text":"右叶结节1.0x0.9x0.8cm，微波消融，功率30W，完全消融。"}
{"text":"右叶结节1.0x0.9x0.8cm，微波消融。未行超声造影。"}
{"text":"右叶结节1.0x0.9x0.8cm，微波消融。造影示完全消融可能。"}
{"text":"右叶结节1.0x0.9x0.8cm，微波消融，功率30W。功率45W。"}
{"text":"右叶结节1.0x0.9x0.8cm，微波消融，功率900W。"}
END
	jq -c '._mdx.extract[] |
	    select(.path | test("power|outcome|contrast_pre.used")) |
	    [.path, .value, .status, .claimed, .why]'
