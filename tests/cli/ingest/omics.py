"""mdx-ingest over files that samtools and bcftools write, against pysam."""
import gzip
import json
import random
import struct
import subprocess

import pysam

pysam.set_verbosity(0)
R = random.Random(20261126)


def ingest(*arguments):
    done = subprocess.run(['mdx-ingest', *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    assert done.returncode == 0, done
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout.decode()


# --- aligned reads ---------------------------------------------------------

def write_sam(path):
    bases = ''.join(R.choice('ACGT') for _ in range(5000))
    with open('ref.fa', 'w') as f:
        f.write('>chr1\n' + '\n'.join(
            bases[i:i + 60] for i in range(0, 5000, 60)) + '\n>chr2\nACGT\n')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('@HD\tVN:1.6\tSO:coordinate\n'
                '@SQ\tSN:chr1\tLN:5000\tAS:GRCh38\n@SQ\tSN:chr2\tLN:4\n'
                '@RG\tID:L1\tSM:NA12878\tPL:ILLUMINA\tDS:肿瘤 样本\n'
                '@RG\tID:L2\tSM:NA12878\n@RG\tID:L3\tSM:NA2\n'
                '@PG\tID:bwa\tPN:bwa\tVN:0.7\tCL:bwa mem "a b"\n'
                '@CO\tfree: text\n')
        for i in range(2000):
            at = 2 * i
            f.write(f'r{i}\t0\tchr1\t{at + 1}\t60\t100M\t*\t0\t0\t'
                    f'{bases[at:at + 100]}\t{"I" * 100}\tRG:Z:L1\n')


def check_reads(path, fileformat):
    record, = ingest(path)
    with pysam.AlignmentFile(path, check_sq=False) as f:
        header = f.header.to_dict()
        contigs = list(zip(f.references, map(str, f.lengths)))
    for type_ in ('SQ', 'RG', 'PG'):
        mine = [{k: v for k, v in r.items()} for r in record[type_]]
        theirs = [{k: str(v) for k, v in r.items()} for r in header[type_]]
        assert mine == theirs, (path, type_)
    assert record['HD'] == header['HD'] and record['CO'] == header['CO']
    assert [(c['ID'], c['length']) for c in record['contigs']] == contigs
    assert record['samples'] == ['NA12878', 'NA2']
    assert record['fileformat'] == fileformat, record['fileformat']
    assert record['_mdx']['kind'] == 'omics-read'
    print(path, len(record['SQ']), len(record['RG']), len(record['PG']))


def write_bare_bam(path, n):
    """References without a text, as some callers write them."""
    with gzip.open(path, 'wb', 1) as f:
        f.write(b'BAM\1' + struct.pack('<ii', 0, n))
        for i in range(n):
            name = b'c%d\0' % i
            f.write(struct.pack('<i', len(name)) + name + struct.pack('<i', i))
        f.write(b'not looked at')


# --- variants --------------------------------------------------------------

HEAD = '''##fileformat=VCFv4.2
##reference=GRCh38
##contig=<ID=1,length=1000000>
##contig=<ID=X,length=5000>
##FILTER=<ID=q10,Description="low">
##FILTER=<ID=s50,Description="few">
##INFO=<ID=DP,Number=1,Type=Integer,Description="d">
##INFO=<ID=AF,Number=A,Type=Float,Description="f">
##INFO=<ID=DB,Number=0,Type=Flag,Description="b">
##INFO=<ID=GENE,Number=.,Type=String,Description="g">
##FORMAT=<ID=GT,Number=1,Type=String,Description="g">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="a">
##FORMAT=<ID=GL,Number=G,Type=Float,Description="l">
##FORMAT=<ID=TX,Number=1,Type=String,Description="t">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\t王'''


def number():
    return str(R.choice((0, 1, -5, 120, 127, 128, -120, 300, 32767, 40000,
                         -70000, 2000000000)))


def some_float():
    return R.choice(('0', '0.5', '1e-05', '-3.25', '123456', '0.333333',
                     '1e+10', '.'))


def sample(alts):
    gt = R.choice(('0/1', '1|0', './.', '.', '1', '0|0|1'))
    ad = ','.join(number() for _ in range(alts + 1))
    gl = ','.join(some_float() for _ in range(3))
    return ':'.join((gt, R.choice((ad, '.')), R.choice((gl, '.')),
                     R.choice(('x', 'long text', '基因', '.'))))


def variant(position):
    alts = R.randint(1, 3)
    info = R.sample(['DP=' + number(), 'DB', 'GENE=TP53,基因' + 'x' * R.choice(
        (0, 20, 40000)), 'AF=' + ','.join(some_float() for _ in range(alts))],
        R.randint(0, 4))
    return '\t'.join((
        R.choice(('1', 'X')), str(position), R.choice(('.', 'rs1;rs2')),
        R.choice('ACGT'), ','.join(['<DEL>', 'AC', 'T'][:alts]),
        R.choice(('.', '29', '3.5', '1e-05')),
        R.choice(('.', 'PASS', 'q10', 'q10;s50')), ';'.join(info) or '.',
        'GT:AD:GL:TX', sample(alts), sample(alts), sample(alts)))


def expected(line, samples):
    f = line.split('\t')
    names = 'CHROM POS ID REF ALT QUAL FILTER'.split()
    record = dict(zip(names, f))
    record['INFO'] = {} if f[7] == '.' else {
        p.partition('=')[0]: p.partition('=')[2] if '=' in p else True
        for p in f[7].split(';')}
    record['FORMAT'] = f[8]
    record['samples'] = {s: dict(zip(f[8].split(':'), v.split(':')))
                         for s, v in zip(samples, f[9:])}
    return record


def check_variants(path, lines):
    records = ingest('--variants', path)
    samples = records[0]['samples']
    header = pysam.VariantFile(path).header
    assert samples == list(header.samples)
    assert [c['ID'] for c in records[0]['contigs']] == list(header.contigs)
    assert [c['length'] for c in records[0]['contigs']] == \
        [str(c.length) for c in header.contigs.values()]
    wanted = [expected(line, samples) for line in lines]
    for mine, theirs in zip(records[1:], wanted):
        mine.pop('_mdx')
        assert mine == theirs, (mine, theirs)
    assert len(records) == len(lines) + 1
    print(path, len(lines), records[0]['reference'])


write_sam('a.sam')
run('samtools', 'view', '-b', '-o', 'a.bam', 'a.sam')
check_reads('a.bam', 'BAM')
for version in ('2.1', '3.0'):
    path = f'a{version}.cram'
    run('samtools', 'view', '-C', '-T', 'ref.fa', '--output-fmt-option',
        'version=' + version, '-o', path, 'a.sam')
    check_reads(path, 'CRAM' + version)
write_bare_bam('bare.bam', 100000)
bare, = ingest('bare.bam')
print('bare', len(bare['contigs']), bare['contigs'][-1], bare['SQ'])

text = [variant(i + 1) for i in range(400)]
with open('a.vcf', 'w', encoding='utf-8') as out:
    out.write('\n'.join([HEAD] + text) + '\n')
check_variants('a.vcf', text)
run('bcftools', 'view', '-Ob', '-o', 'a.bcf', 'a.vcf')
run('bcftools', 'view', '-Ou', '-o', 'plain.bcf', 'a.vcf')
run('bcftools', 'view', '-Oz', '-o', 'a.vcf.gz', 'a.vcf')
viewed = run('bcftools', 'view', '-H', 'a.bcf').splitlines()
check_variants('a.bcf', viewed)
check_variants('plain.bcf', viewed)
check_variants('a.vcf.gz', viewed)
