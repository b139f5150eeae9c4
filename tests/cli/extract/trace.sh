# --trace lists absent indicators, and under `also` the candidates that lost:
# of each object its own, and why.
cat >notes.ndjson <<'EOF'
{"id":1,"text":"上次检查功率99W。本次行右叶结节微波消融，功率30W，建议下次功率50W。"}
{"id":2,"text":"甲状腺右叶结节行微波消融，功率30W，未予功率60W；甲状腺左叶结节行射频消融，功率40W，建议下次50W。"}
EOF
run() {
	mdx-extract -p thyroid-ablation "$@" notes.ndjson |
		jq -c '._mdx.extract[] | select(.path | test("power|outcome")) |
			{path, value, status, also}'
}
echo with
run --trace
echo without
run
