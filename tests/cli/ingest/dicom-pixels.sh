# Pixels are never read: in steps of at most 64 KiB no more than the header and
# what its last step brings, however much stands behind.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import pydicom' 2>/dev/null || { echo "no pydicom"; exit 77; }
strace -o none true 2>/dev/null || { echo "no strace"; exit 77; }
"$python" "$CASES/dicom_small.py" images 1 5000000
"$python" - <<'END'
"""A header of 300 KB with an icon in it, and 200 MB of pixels that are holes."""
import warnings

import pydicom
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
warnings.simplefilter('ignore')
d = pydicom.dcmread('images/p0000-0.dcm')
icon = Dataset()
icon.Rows = icon.Columns = 10
icon.PixelData = bytes(300000)
icon['PixelData'].VR = 'OB'
d.IconImageSequence = Sequence([icon])
d.save_as('images/icon.dcm')
del d.PixelData, d.IconImageSequence
d.save_as('images/large.dcm')
with open('images/large.dcm', 'r+b') as f:
    f.seek(0, 2)
    f.write(b'\xe0\x7f\x10\0OB\0\0' + (200 << 20).to_bytes(4, 'little'))
    f.truncate(f.tell() + (200 << 20))
END
# The search for leaks of a sanitizer build does not work under strace.
export ASAN_OPTIONS=detect_leaks=0
for file in images/*.dcm; do
	strace -f -e trace=open,openat,read,pread64,readv,preadv,mmap,lseek -o calls \
	    mdx-ingest "$file" --report r >out
	header=$(jq -r '._mdx.src.offset[1]' out)
	"$python" - "$file" "$header" <<'END'
"""Bytes read of one file, by the calls that strace saw."""
import os
import re
import sys

path, header = sys.argv[1], int(sys.argv[2])
ours, total, largest, mapped = set(), 0, 0, 0
for call in open('calls'):
    opened = re.search(r'open(?:at)?\(.*"([^"]*)".* = (\d+)', call)
    if opened:
        ours.discard(opened[2])
        if opened[1] == path:
            ours.add(opened[2])
    got = re.search(r'p?readv?(?:64)?\((\d+),.*?(\d+)(?:, \d+)?\) += (\d+)',
                    call)
    if got and got[1] in ours:
        total += int(got[3])
        largest = max(largest, int(got[2]))
    mapped += any(', %s, 0' % fd in call and 'mmap' in call for fd in ours)
assert total > 0
print(os.path.basename(path), 'whole file' if os.path.getsize(path) == total
      else 'less than 64 KiB beyond its header' if total < header + 65536
      else 'reads %d of %d' % (total, header), 'in steps of at most 64 KiB'
      if largest <= 65536 else largest, mapped)
END
done
# Members of a compressed file and of a pipe are header and body, too.
gzip -k images/large.dcm
mdx-ingest images/large.dcm.gz --manifest m | jq -c ._mdx.src
jq -c '[.complete, .skipped, .notes]' m
mdx-ingest - <images/p0000-1.dcm --manifest m | jq -c ._mdx.src.offset
jq -c '[.bytes, .skipped]' m
