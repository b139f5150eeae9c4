# Help is one screen, a group another; --help all has every option, and no line
# of either language is wider than 80 columns.
mdx-extract --help
echo
mdx-extract --help values
echo
mdx-extract form --help | grep -- --dictionary
widest() {
	LC_ALL=$1 mdx-extract --help all | LC_ALL=C.UTF-8 wc -L |
	    awk '{ print ($1 <= 80 ? "fits" : "too wide: " $1) }'
}
widest C.UTF-8
widest zh_CN.UTF-8
LC_ALL=zh_CN.UTF-8 mdx-extract --help | tail -n 4
mdx-extract --print-options | cut -f 1 | grep ^-- | sort >options
mdx-extract --help all >help
for verb in form review eval; do mdx-extract $verb --help; done >>help
for option in $(cat options); do
	grep -q -e "$option\b" help || echo "no help has $option"
done
