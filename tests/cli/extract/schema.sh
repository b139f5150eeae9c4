# The schema of a model's answer is JSON and holds the pack's codes.
mdx-extract schema -p thyroid-ablation |
	jq -c '."$schema", .properties["contrast.agent"].properties.v.enum,
	    (.properties.lesion.items.properties | keys_unsorted)'
