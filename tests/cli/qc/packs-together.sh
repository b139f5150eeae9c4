# What notes say of a severe pneumonia and what a monitor sends stand side by
# side: the packs load together, and each rule looks at its own.
mdx-extract check -p severe-pneumonia -p icu -p front-page >/dev/null &&
    echo together
cat >in <<'END'
{"icu_peep":50,"indicators":{"peep":5},"_mdx":{"kind":"icu"}}
{"icu_peep":5,"indicators":{"peep":50},"_mdx":{"kind":"icu"}}
END
mdx-qc -p severe-pneumonia -p icu -p front-page --only '*peep:range' \
    --fail-on never in | grep -o '"qc".*'
