# A gold set without an indicator is no perfect score.
echo '{"id":"1","text":"x"}' >gold
mdx-extract -p thyroid-ablation eval gold gold
