# Misuse is one line with what to do, status 2, before anything is read.
try() { mdx-normalize "$@" </dev/null; echo $?; }
try --reprot r
try --zzzzzz
try -Z
try -中
try in -q中
try --report
try -o
try --quiet=yes
try --jobs 0
try --jobs ''
try -j 1025
try -j many
try --max-rejects 101%
try --max-rejects %
try --max-rejects -1
try --progress sometimes
try --max-record 16Q
try --max-record 99999999999G
try --max-depth 2000000
try -o same --rejects same
try -p nopack 2>&1 | sed 's|in [^ ]*/packs|in SHARE/packs|'
mdx-register --wait soon list; echo $?
mdx-register; echo $?
ls
