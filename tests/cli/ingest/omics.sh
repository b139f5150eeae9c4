# Headers of VCF and FASTQ; --variants; what only looks like one of them.
line() { jq -c 'del(._mdx.id, ._mdx.src.sha256)'; }
printf '%s\n' '##fileformat=VCFv4.2' '##reference=file:///ref/hg19.fa' \
    '##contig=<ID=1,length=249250621,assembly=b37>' \
    '##contig=<ID=GL0,species="Homo, sapiens">' \
    '##INFO=<ID=DP,Number=1,Type=Integer,Description="a \"q\", > x">' >a.vcf
printf '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN1\t张三\n' >>a.vcf
head=$(wc -c <a.vcf)
printf '1\t14370\trs6\tG\tA\t29\tPASS\tDP=014;DB;X=\tGT:DP:HQ\t0|0:1:51,51\t1/.:8\n' >>a.vcf
printf '1\t99\tshort\tT\n\n' >>a.vcf
printf 'GL0\t1\t.\tT\t.\t.\t.\tDP=3;DP=4;DP_2=5;DP\tGT:GT\t0:1\t1\r\n' >>a.vcf
printf '1\t3\t.\tT\tA\t.\t.\t.\tGT:DP\t0:1:2\t1\n' >>a.vcf
printf 'GL0\t2\t.\tT\t<DEL>\t1e3\tq10;s50\t.\tGT:GT\t0:1\t.' >>a.vcf
mdx-ingest a.vcf --manifest m | line
jq -c '[.bytes, .skipped, .bytes_of, .kind_by]' m

# The same ids from a pipe and from a compressed file, which is not read on.
for i in 1 2 3 4 5 6 7 8; do cat a.vcf; done | sed '9,$s/^#/X/' >long.vcf
seq 300000 | sed 's/.*/1\t&\t.\tA\tC\t.\t.\t.\tGT\t0\t1/' >>long.vcf
gzip -k long.vcf
id() { jq -r ._mdx.id; }
[ "$(mdx-ingest long.vcf | id)" = "$(mdx-ingest <long.vcf | id)" ] &&
    [ "$(mdx-ingest long.vcf | id)" = "$(mdx-ingest long.vcf.gz --manifest m | id)" ] &&
    [ "$(mdx-ingest long.vcf | id)" = "$(cat a.vcf | mdx-ingest | id)" ] &&
    echo "one id"
jq -c '[.bytes < 200000, .skipped, .notes, .complete, has("sha256")]' m

mdx-ingest a.vcf --variants --rejects x --manifest m >v
echo "status $?"
tail -n +2 v | line
jq -c '[.error, .src.line, .raw]' x
jq -c '[.records, .set_aside, .skipped]' m
# Offsets cut the lines back out.
jq -r '._mdx.src.offset | "\(.[0]) \(.[1] - .[0])"' v | while read -r from n; do
	tail -c +$((from + 1)) a.vcf | head -c "$n" | tail -n 1 | cut -c 1-12
done
[ "$(head -n 1 v | jq '._mdx.src.offset[1] + 1')" = "$head" ] && echo "to the head's end"

# Without its line of columns nothing can be read.
head -n 5 a.vcf >cut.vcf
mdx-ingest cut.vcf
echo "status $?"
# A hundred thousand contigs and samples; the limit bounds them.
{ echo '##fileformat=VCFv4.3'
  seq 100000 | sed 's/.*/##contig=<ID=c&,length=&>/'
  printf '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT'
  seq 100000 | tr '\n' '\t' | sed 's/^/\t/; s/\t$//'
  printf '\n1\t2\t.\tA\tC\t.\t.\t.\tGT'
  yes 0/1 | head -n 100000 | tr '\n' '\t' | sed 's/^/\t/; s/\t$//'; } >many.vcf
mdx-ingest many.vcf | jq -c '[(.contigs, .samples | length), .contigs[-1]]'
mdx-ingest many.vcf --variants | tail -n 1 | jq -c '[(.samples | length), .samples["7"]]'
mdx-ingest many.vcf --max-record 64K
echo "status $?"

printf '@M0:55:000-A:1:1101:15589:1332 1:N:0:ATCACG\nGATTACA\n+\nIIIIIII\n@x\n' >a.fastq
printf '@HWUSI:6:73:941:1973#0/1\nGATTACA\n+HWUSI:6:73:941:1973#0/1\n@IIIII+\n' >old.fq
printf '@r1 张三\r\nGAT\r\nTACA\r\n+\r\nIIII\r\n@II\r\n' >wrapped
mdx-ingest a.fastq old.fq | line
mdx-ingest -f fastq wrapped | line
cat a.fastq | mdx-ingest | jq -c '[.read, ._mdx.kind]'
mdx-ingest -f fastq a.vcf
echo "status $?"

# What begins alike and is something else.
printf '@handle,name\n@a,b\n@c,d\n' >handles.csv
printf '@zhang\nGATTACA\n+86\n1391234\n' >notes.txt
printf '@zhang\nhello\n+\nworld\n' >post.txt
printf '@\nA\n+\nI\n' >at.txt
printf '##fileformat=vcf\n#CHROM\n' >lower.txt
printf 'BAM is a format\n' >bam.txt
printf 'BCF2 too\nCRAM as well, RIFFs and ID3 tags\n' >names.txt
printf '{"fileformat":"VCF"}\n' >a.json
mdx-ingest --inspect handles.csv notes.txt post.txt at.txt lower.txt bam.txt names.txt a.json |
    jq -r '[.uri, .format, .kind] | @tsv'
