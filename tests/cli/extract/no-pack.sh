# Without a pack there is nothing to look for.
mdx-extract </dev/null
