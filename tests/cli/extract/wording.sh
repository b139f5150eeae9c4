# The same told in other ways: values that go round the lesions, a new lesion that
# begins its story again, answers of one word, subjects in brackets, a place and
# the nodule in it, words that a blank parts, what a denial denies.
said() { jq -c '.indicators | .lesion |= map(map_values(select(. != null))) | map_values(select(. != null))'; }
mdx-extract -p thyroid-ablation <<'END' | said
{"text":"微波消融2个结节：右叶上极(8×7×7mm)、右叶下极(13×11×10mm)，均用30W，时间分别为40s、1min15s。"}
{"text":"病灶1 部位：右叶 大小：15×11mm 功率：35W 术后：19×15mm\n病灶2 部位：左叶 大小：22×16mm 功率：40W 术后：27×20mm\n方式：微波 并发症：无 效果：完全消融"}
{"text":"左叶结节微波消融，1.2×1.0cm，消融后声诺维1.8ml注入后术区未见造影剂进入。"}
{"text":"对造影剂过敏，本次未行超声造影。左叶结节1.2×1.0cm，微波功率自30W起调至40W。"}
{"text":"左叶结节1.2×1.0cm → 微波30W 90s → 1.6×1.4cm"}
END
mdx-extract -p thyroid-us <<'END' | said
{"text":"1、右叶：49×20×18mm；其内囊实性结节，17×14mm。"}
{"text":"右叶结节6×5mm（距气管5mm）实性，边界清。"}
{"text":"左叶上极 低回声结节 6×5mm 钙化：无 血流：丰富"}
{"text":"右叶内见2枚囊性结节，大小分别为4×3mm、3×2mm。"}
END
mdx-extract -p lung-ct <<'END' | said
{"text":"①右下肺实性结节4mm，稳定；②左上肺GGN 5mm，新发。双侧未见积液。"}
{"text":"原右肺上叶磨玻璃结节（前片9mm）本次未见显示。"}
END
