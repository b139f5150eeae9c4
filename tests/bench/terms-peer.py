#!/usr/bin/env python3
"""terms-peer.py LIST ASKED: the sixty names of a list most like each term, by
scikit-learn's TF-IDF of characters and pairs, on one thread."""
import csv
import sys

import numpy
from sklearn.feature_extraction.text import TfidfVectorizer

with open(sys.argv[1], encoding="utf-8", newline="") as f:
    names = [row[1] for row in csv.reader(f)][1:]
with open(sys.argv[2], encoding="utf-8") as f:
    asked = f.read().splitlines()
vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
matrix = vectorizer.fit_transform(names).T.tocsr()
for start in range(0, len(asked), 500):
    likeness = vectorizer.transform(asked[start:start + 500]) @ matrix
    for i in range(likeness.shape[0]):
        row = likeness.data[likeness.indptr[i]:likeness.indptr[i + 1]]
        most = min(60, len(row))
        best = numpy.argpartition(-row, most - 1)[:most] if most else []
        print(len(best))
