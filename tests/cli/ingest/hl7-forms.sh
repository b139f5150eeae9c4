# Messages in every frame and character set that files of interfaces have.
run() {
	mdx-ingest --sha256 never -q --manifest m --rejects r "$@" >out
	echo "status $?"
	jq -c '[.records, .set_aside, .skipped, .bytes == (.bytes_of | add)]' m
	[ ! -e r ] || jq -c '[.error.code, .error.message, .src.line]' r
}
msh='MSH|^~\\&|A|B|||20240131||ORU^R01|%s|P|2.5\r'
one() { printf "$msh" "$1"; printf 'PID|1||7\rOBX|1|ST|A||%s\r' "$1"; }
# Frames of MLLP: their bytes are no part of a message.
{ printf '\013'; one 1; printf '\034\r\013'; one 2 | head -c -1; printf '\034\r\n\013'; one 3; printf '\034\r'; } >mllp.hl7
run mllp.hl7
jq -c '[.control_id, .segments[2]["5"], ._mdx.src.offset]' out
jq -r '._mdx.src.offset | "\(.[0]) \(.[1])"' out | while read -r from to; do
	tail -c +$((from + 1)) mllp.hl7 | head -c $((to - from)) | tr '\r' '/'
	echo
done
# CRLF, and LF alone with wrapped and blank lines, notes before and behind.
{ one 1; one 2; } | sed 's/\r/\r\n/g' >crlf.hl7
run crlf.hl7
{ printf 'a log of the interface\n\n'; one 1 | tr '\r' '\n'; printf '  goes on\nand on\n\n\nOBX|2|ST|B||x\n\nsome note\n'
  one 2 | tr '\r' '\n'; } >lf.hl7
run lf.hl7 -f hl7
jq -c '[.segments[2:][] | ["\(.id) \(.["5"])"]], ._mdx.src.line' out
# A single CR makes LF data, also when it comes late.
{ one 1 | tr '\r' '\n' | head -c -1; awk 'BEGIN { for (i = 0; i < 200000; i++) printf "0123456789" }'; printf '\n\r'; one 2; } >late.hl7
run late.hl7
jq -c '[.segments[].id]' out
# Counts of batches and files.
batch() { printf 'FHS|^~\\&\rBHS|^~\\&\r'; one 1; one 2; printf 'BTS|%s\rBHS|^~\\&\r' "$1"; one 3; printf 'BTS|1|\rFTS|%s\r' "$2"; }
batch 2 2 >good.hl7
run good.hl7
batch 3 1 >bad.hl7
run bad.hl7
# Headers that say too little; segments before any; a cut one; one too long.
printf 'PID|1\rMSH|\rMSH|^^~\\&|A\rMSH|^~\\&|fine\r' >heads.hl7
run heads.hl7 -f hl7
{ one 1; awk 'BEGIN { printf "MSH|^~\\&|A\rOBX|1|ST|A||"; for (i = 0; i < 9000; i++) printf "0123456789"; printf "\rNTE|1\rOBX|2\r" }'; one 2; } >long.hl7
run long.hl7 --max-record 64k
# Character sets by MSH-18, and bytes in escapes; what is none of these stays.
set_of() { printf "MSH|^~\\\\&|A|$3|||1||ORU^R01|1|P|2.5||||||%s\rOBX|1|ST|%s\r" "$1" "$2"; }
char() { "$@" >c.hl7; run c.hl7; jq -c '[.segments[0]["4"], .segments[1]["3"], ._mdx.src.encoding]' out; }
char set_of 'GB 18030-2000' "$(printf '血糖' | iconv -t gb18030)" "$(printf '医院' | iconv -t gb18030)"
char set_of 'UNICODE UTF-8' 血糖 医院
char set_of 'GB 18030-2000' 血糖 医院
char set_of '8859/1' "$(printf 'caf\351')"
char set_of 'BIG-5' "$(printf '功許蓋' | iconv -t big5)" "$(printf '許' | iconv -t big5)"
char set_of '~ISO IR87' "$(printf '血糖' | iconv -t iso-2022-jp)"
char set_of 'KS X 1001' "$(printf '혈당' | iconv -t euc-kr)"
char set_of '' '\X0D0A\ \XD1AA\\XCCC7\ \Xe8a180\ \XFF\ \.sp2\a\.in+4\b\.sk3\c\H\d\N\ \Z1\ end'
char set_of '' 'a\F\\M2442\7l\C2842\!'
