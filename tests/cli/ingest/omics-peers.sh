# BAM, CRAM, BCF and VCF as htslib writes them, against its own reading.
python=/usr/bin/python3 # Debian's, which has its packages
for tool in samtools bcftools; do
	command -v $tool >/dev/null || { echo "no $tool"; exit 77; }
done
"$python" -c 'import pysam' 2>/dev/null || { echo "no pysam"; exit 77; }
"$python" "$CASES/omics.py"
