# One sheet with what spreadsheets and hands do to codes.
import datetime
import openpyxl

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "手术"
sheet.append(["手术操作分类代码国家临床版3.0"])
sheet.append(["主要编码", "手术名称"])
for i in range(40):
    sheet.append(["%02d.%d500" % (i, i % 10), "手术%d" % i])
for value in [0.45, 38.93, 38.930000000000004, 1.1e20,
              datetime.date(2024, 1, 8), True, "#N/A", "=A1", "0.45",
              "38.93", "1.1E+20", "2024/1/8", "8-Mar", "3月8日", "####",
              "３８.９３００", "'38.9300", "38.93O0", "38 .9300", "38,9300",
              "38.9300%"]:
    sheet.append([value, "坏的"])
book.save("手术.xlsx")

book = openpyxl.Workbook()
sheet = book.active
sheet.append(["LOINC_NUM", "LONG_COMMON_NAME"])
sheet.append(["2345-7", "Glucose"])
sheet.append([datetime.date(2026, 1, 8), "Acyclovir"])
sheet.append(["2345－7", "Glucose"])
book.save("loinc.xlsx")

# As a number it looks like a code: how many zeros it had nobody knows.
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["主要编码", "手术名称"])
sheet.append([88.55, "坏的"])
book.save("一行.xlsx")
