# Help is one screen, more of it by groups; --help all has every option.
mdx-ingest --help
LC_ALL=zh_CN.UTF-8 mdx-ingest -h staying
mdx-ingest --help nothing-of-that-name | tail -n 1
fits() { # LINES
	awk -v most="$1" 'END { print NR <= most ? "fits" : "too long: " NR }'
}
mdx-ingest --help | fits 23
for group in $(mdx-ingest --help | sed -n '/^more/,$s/^  \([a-z]*\) .*/\1/p'); do
	mdx-ingest --help "$group" | fits 23
done
mdx-ingest --print-options | cut -f 1 | sort >options
mdx-ingest --help all | grep -o -- '^ .*--[a-z0-9-]*' |
    sed 's/.*--/--/' | sort | diff options - && echo "all of them"
python3 - <<'E' || echo "no python3"
import subprocess, unicodedata
for language in 'C.UTF-8', 'zh_CN.UTF-8':
    text = subprocess.run(['mdx-ingest', '--help', 'all'], text=True,
                          encoding='utf-8', stdout=subprocess.PIPE,
                          env={'PATH': __import__('os').environ['PATH'],
                               'LC_ALL': language}).stdout
    for line in text.splitlines():
        width = sum(1 + (unicodedata.east_asian_width(c) in 'WF')
                    for c in line)
        if width > 80:
            print('too wide:', line)
E
