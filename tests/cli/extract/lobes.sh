# Lobes are counted whether told whole, by side and lobe apart, or before what
# is in them; a finding that became less is still there.
mdx-extract -p severe-pneumonia --doc chest_ct <<'END' |
{"id":1,"text":"右肺：上叶、下叶斑片影。左肺下叶体积缩小，内见实变。"}
{"id":2,"text":"双肺下叶及右肺中叶磨玻璃影。前次所见胸腔积液较前减少。"}
{"id":3,"text":"右肺上叶支气管通畅，未见实变。"}
END
jq -c '.indicators | [.lobes, .pleural_effusion]'
