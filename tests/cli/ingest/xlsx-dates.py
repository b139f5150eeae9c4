"""Dates, times and texts that openpyxl writes come back as they were given.

xlsx-dates.py: makes a workbook of each epoch from a seed, runs mdx-ingest and
holds every value against what was given, to the millisecond.
"""
import datetime
import json
import random
import subprocess

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

random.seed(20241126)


def moment(first):
    day = datetime.datetime(random.randint(first, 2099),
                            random.randint(1, 12), random.randint(1, 28))
    return day + datetime.timedelta(milliseconds=random.choice((
        random.randrange(86400000), random.randrange(1440) * 60000,
        random.randrange(86400) * 1000, 86399999, 1)))


def iso(value):
    if isinstance(value, datetime.datetime):
        text = value.strftime('%Y-%m-%dT%H:%M:%S')
    elif isinstance(value, datetime.time):
        text = value.strftime('%H:%M:%S')
    else:
        return value.isoformat()
    ms = value.microsecond // 1000
    return text + (f'.{ms:03d}' if ms else '')


wrong = values = 0
for epoch in CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904:
    book = openpyxl.Workbook()
    book.epoch = epoch
    first = 1900 if epoch == CALENDAR_WINDOWS_1900 else 1905
    sheet = book.active
    sheet.append(['moment', 'day', 'time', 'text', 'number'])
    given = []
    for i in range(2000):
        when = moment(first)
        text = ''.join(random.choice('血糖 ,"\'<&>\n\tab_x00') for _ in range(9))
        number = random.choice((random.randrange(10 ** 15),
                                random.random(), random.randrange(100) / 10))
        sheet.append([when, when.date(), when.time(), text, number])
        sheet.cell(sheet.max_row, 4).data_type = 's'
        given.append([iso(when), iso(when.date()), iso(when.time()), text,
                      '%.16g' % number])
    book.save('dates.xlsx')
    out = subprocess.run(['mdx-ingest', 'dates.xlsx'], check=True,
                         stdout=subprocess.PIPE).stdout
    rows = [list(json.loads(line).values())[:5] for line in out.splitlines()]
    assert len(rows) == len(given), len(rows)
    for row, want in zip(rows, given):
        for a, b in zip(row, want):
            values += 1
            if a != b:
                wrong += 1
                if wrong < 10:
                    print('got', repr(a), 'for', repr(b))
print(values, 'values,', wrong, 'wrong')
