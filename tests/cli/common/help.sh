# Help is one screen, in the language of the locale; a pipe that is full says so.
mdx-register --help | head -n 3
LC_ALL=zh_CN.UTF-8 mdx-register --help | head -n 3
LC_ALL=zh_CN.UTF-8 mdx-register -h | grep -- --max-rejects
mdx-register --help | wc -l | awk '{ print ($1 <= 60 ? "one screen" : "too long: " $1) }'
mdx-register --help >/dev/full; echo $?
