# Nodes: the word of a total is of the number behind it; a ratio that is the sum
# of those told behind it is their total; what is sent besides comes on top.
ln() {
	printf '%s\n' "$1" | sed 's/.*/{"text":"&"}/' |
	    mdx-extract -p pathology --only ln.pos,ln.total | jq -c .indicators
}
ln '左颈Ⅱ区0/5、Ⅲ区1/4、Ⅳ区2/7，Ⅵ区3/6枚癌转移（共6/22）。'
ln '淋巴结2/19枚见癌转移（食管旁1/9，贲门旁1/6，胃左动脉旁0/4）。'
ln '肠周淋巴结共检出13枚，其中1枚见转移（1/13），另送2枚，均未见转移（0/2）。'
echo "--- no total, though the numbers would have it so"
ln '右中央区淋巴结1/4，左中央区淋巴结0/3，喉前淋巴结1/1。'
ln '淋巴结：小弯侧4/11、大弯侧1/8、幽门下0/3见癌转移。'
ln '胰周淋巴结2/9，肝总动脉旁0/1。'
