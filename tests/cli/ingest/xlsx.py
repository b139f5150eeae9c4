import datetime
import openpyxl

book = openpyxl.Workbook()
sheet = book.active
sheet.title = '检验'
sheet.append(['患者ID', '日期', '时间', '结果', '合计', '备注'])
sheet.append(['0012', datetime.date(2024, 1, 31),
              datetime.datetime(2024, 1, 31, 9, 50, 0), 5.6, '=1+1', None])
sheet.append([1234567890123456789, datetime.datetime(1900, 1, 1),
              datetime.time(9, 50), True, 'x"y', ' z '])
sheet.append([])
sheet.append(['a', 'b', 'c', 'd', 'e', 'f', 'too many'])
hidden = book.create_sheet('字典')
hidden.sheet_state = 'hidden'
hidden.append(['a'])
book.save('book.xlsx')
