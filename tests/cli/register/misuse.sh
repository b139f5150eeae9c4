# Usage, unknown assets and members come with a suggestion and status 2.
. "$CASES/common"
echo '{"a":1}' | mdx-register put thyroid --title T -k steward.pem >/dev/null
mdx-register shwo thyroid; echo $?
mdx-register show thyriod; echo $?
mdx-register describe thyroid sumary=x -k steward.pem; echo $?
mdx-register describe thyroid level:=9 -k steward.pem; echo $?
mdx-register put y --title Y; echo $?
mdx-register party p --public office.pub --roles boss -k it.pem; echo $?
chmod 644 kek; mdx-register list 2>&1 | sed "s|$PWD/||"
