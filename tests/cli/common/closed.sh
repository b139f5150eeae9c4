# Standard descriptors that came closed: an error, no hang and no loss.
echo '{"a":1}' >in
timeout 10 mdx-normalize <&-; echo $?
mdx-normalize in >&-; echo $?
timeout 10 mdx-normalize in <&- >&-; echo $?
mdx-normalize in <&- 2>&-; echo $?
