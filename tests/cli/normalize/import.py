# Spreadsheets in the shape of the official files: titles, merged cells,
# several sheets, notes at the foot.
import openpyxl

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "疾病诊断"
sheet.append(["医疗保障疾病诊断分类与代码"])
sheet.merge_cells("A1:K1")
sheet.append(["章", "章代码范围", "章的名称", "节代码范围", "节名称",
              "类目代码", "类目名称", "亚目代码", "亚目名称",
              "诊断代码", "诊断名称"])
sheet.append(["一", "A00-B99", "第一章", "A00-A09", "第一节", "A00", "甲类",
              "A00.0", "甲亚目", " A00.000 ", "甲病"])
sheet.append([None] * 9 + ["A00.000x001", "甲病一型"])
sheet.append([None] * 5 + ["A17", "乙类", "A17.0", "乙亚目",
                           "A17.000+G01*", "乙病"])
sheet.merge_cells("A3:A5")
book.create_sheet("说明").append(["本表由某局发布"])
operations = book.create_sheet("手术操作")
operations.append(["类目代码", "类目名称", "手术操作代码", "手术操作名称"])
operations.append(["00.0", "某类手术", "00.0100", "某手术"])
book.save("医保疾病诊断分类与代码.xlsx")

book = openpyxl.Workbook()
sheet = book.active
sheet.append(["疾病分类与代码国家临床版2.0"])
sheet.append(["主要编码", "附加编码", "疾病名称"])
sheet.append(["A00.000", None, "临床甲病"])
sheet.append(["A17.000†", "G01*", "临床乙病"])
sheet.append(["注：主要编码与附加编码合用"])
more = book.create_sheet("续表")
more.append(["主要编码", "附加编码", "疾病名称"])
more.append(["B00.000", None, "临床甲病"])
more.append(["A00.000", None, "临床甲病"])
book.save("国家临床版2.0疾病诊断编码.xlsx")
