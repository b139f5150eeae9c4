# Tumours and metastases: what goes on behind a comma, other organs, what was
# treated and is gone, signals that are no levels of the spine, relatives.
x() {	# x TEXT
	jq -cn --arg t "$1" '{text: $t}' | mdx-extract -p tumour-imaging |
		jq -c '.indicators | [[.primary[] | [.site, .size]], [.metastasis[].site]]'
}
x '肝癌，肝右叶肿块3cm，伴肺转移。'
x '肾癌，左肾上极肿块6×5cm，合并左肾静脉瘤栓，并肺转移。'
x '卵巢癌，右附件区肿块11×9cm，大网膜种植，腹膜多发种植结节。'
x '脑内多发转移瘤（左额叶、右小脑半球）。'
x '双侧锁骨上淋巴结转移，骨转移。'
x '双肺转移，双肺门、纵隔淋巴结转移。'
x '左乳外上象限乳腺癌，大小2.5×2.0cm，左腋窝淋巴结转移。'
x '肝右叶见肿块，T1低、T2稍高信号，大小5.2×4.6cm。印象：肝癌。'
x '右肺中叶腺癌，2.2×1.7cm。右肺上叶后段磨玻璃结节7mm，炎性。'
x '宫颈癌放疗后：宫颈未见异常。骶骨异常信号，放疗后改变。'
x '右肾癌消融术后，消融区无强化，未见复发。'
x '右肺癌化疗后，右肺门肿块缩小至2.6×2.0cm。'
x '直肠癌新辅助治疗后，直肠中段肿块，达cCR。'
x '右侧腹股沟肿块。右侧腹股沟淋巴结转移（活检鳞癌）。'
x '2020年右乳癌保乳术后放疗。双乳未见异常。'
x '肝囊肿。患者兄长患前列腺癌骨转移。'
