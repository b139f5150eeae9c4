# Files that dcmtk wrote, in three transfer syntaxes, give the same members.
command -v dump2dcm >/dev/null || { echo "no dcmtk"; exit 77; }
cat >dump <<'END'
(0008,0005) CS [ISO_IR 192]
(0008,0016) UI =CTImageStorage
(0008,0018) UI [1.2.826.0.1.3680043.8.498.1]
(0008,0060) CS [CT]
(0010,0010) PN [Wang^XiaoDong=王^小东]
(0010,0020) LO [0012]
(0020,000d) UI [1.2.826.0.1.3680043.8.498.2]
(0020,000e) UI [1.2.826.0.1.3680043.8.498.3]
(0028,0010) US 2
(0028,0011) US 2
(0028,0030) DS [0.5\0.5]
(0040,0275) SQ
(fffe,e000) -
(0040,1001) SH [R1]
(fffe,e00d) -
(fffe,e0dd) -
END
dump2dcm -q dump le.dcm
dcmconv -q +tb le.dcm be.dcm
dcmconv -q +ti le.dcm implicit.dcm
for file in le be implicit; do
	mdx-ingest $file.dcm | jq -c '[.PatientName, .PatientID, .Rows, .PixelSpacing,
	    .RequestAttributesSequence, .TransferSyntaxUID, ._mdx.kind]'
done
