"""The peer written in Python: each row of a table as a JSON object."""
import csv
import json
import sys

with open(sys.argv[1], encoding='utf-8', newline='') as table:
    for row in csv.DictReader(table):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + '\n')
