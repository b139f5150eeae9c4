# RTF as hospital editors write it: code pages, \u with its fallback, tables,
# what is no text of the document.
text() { mdx-ingest --sha256 never -q --rejects r "$1" | jq -c '[.text, ._mdx.src.format, ._mdx.src.encoding, ._mdx.src.offset]'; }
cat >gb.rtf <<'END'
{\rtf1\ansi\ansicpg936\deff0\deflang1033\deflangfe2052{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fswiss\fcharset0 Arial;}}
{\colortbl ;\red255\green0\blue0;}{\stylesheet{\s0 Normal;}}{\info{\title \'b2\'a1\'c0\'fa}{\author x}}
{\*\generator Msftedit 5.41;}\viewkind4\uc1\pard\lang2052\f0\fs18\'b2\'a1\'c0\'fa\'a3\'ba\par
\'d0\'d5\'c3\'fb\tab\'cd\'f5\'d0\'a1\'b6\'ab \f1 WBC 5.60 \{a\\b\}\f0\'81\'41\'81A\par
}
END
printf '\0' >>gb.rtf
text gb.rtf
cat >u.rtf <<'END'
{\rtf1\ansi\ansicpg1252\uc1 caf\'e9 \u34880?\u31958 ?{\uc2\u34880\'d1\'aaX}{\uc0\u-30656 Y}\u-10179?\u-8704?Z \u8451\'a1e{\u64?}b
\lquote a\rquote\~\endash\_\bullet\line\emdash x}
END
text u.rtf
cat >table.rtf <<'END'
{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 A;}{\f1\fcharset128 B;}{\f2\fcharset136 C;}}\f0
\trowd\cellx100\cellx200\cellx300\intbl \'cf\'ee\'c4\'bf\cell\cell\'bd\'e1\'b9\'fb\cell\row
\trowd\cellx100\cellx200\cellx300\intbl {\b K}\cell{\nestcell in\nestcell{\*\nesttableprops\nestrow}{\nonesttables x\par}}\cell\cell\row\pard
\f1\'8c\'8c\f2\'a6\'e5{\pict\wmetafile8 0102{\*\blipuid ff}}{\pict\bin5 }}}{x}
{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}{\header kopf}{\*\unknown gone{\b gone}}kept{\deleted weg}\deleted weg\deleted0
{\footnote {\super 1} note}{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt box}}{\shprslt box}}{\upr{old}{\*\ud{new}}}
\plain end\par}
END
text table.rtf
# What breaks is set aside with its reason; UTF-8 that nobody declared is read.
printf '{\\rtf1\\ansi\\ansicpg936 \347\234\274\345\272\225 ok}' >utf8.rtf
text utf8.rtf
printf '{\\rtf1\\ansi abc {\\b d}' >cut.rtf
printf '{\\rtf1\\ansi \\'"'"'zz}' >hex.rtf
printf '{\\rtf1\\ansi\\ansicpg936 \\'"'"'b0\\par}' >half.rtf
{ printf '{\\rtf1 '; awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{" }'; } >deep.rtf
for f in cut hex half deep; do
	mdx-ingest -q --rejects r $f.rtf
	echo "status $?"
	jq -c '.error' r
done
printf '{\\rtf1 one}\r\n\0 tail' >tail.rtf
mdx-ingest --sha256 never --manifest m tail.rtf | jq -c .text
jq -c '[.skipped, .bytes_of, .bytes]' m
