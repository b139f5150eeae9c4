"""tables - the CSV tables of the night, each a generator of rows.

A row is a list of fields, or a Raw line that is written as it stands: that is
how a fault gets in.  What a fault is worth is told to the truth in `plant`.
"""

import datetime

import words
from people import lab_results, note_of, split_note, stamp

# The patient at whose row each fault is planted.
DUPLICATE, FOUR_BYTE, BAD_DATE, RAGGED, OPEN_QUOTE, LINE_BREAK, LONE_LF = \
    17, 23, 32, 44, 52, 60, 70
FEWEST_PATIENTS = 80


class Raw(str):
    """A line written as it stands, without the line end."""


class Bare(list):
    """A row that ends in LF where the others end in CRLF."""


def quoted(field):
    if any(c in field for c in ',"\r\n'):
        return '"' + field.replace('"', '""') + '"'
    return field


def patients(night):
    yield ["患者ID", "姓名", "性别", "出生日期", "身份证号", "联系电话",
           "家庭住址", "健康卡号", "民族", "婚姻状况", "建档时间"]
    twin = None
    for p in night.people():
        name = p.name
        if night.faulty(p, FOUR_BYTE):
            name = "李𠮷"
            night.plant("four_byte_character", None, legal=True)
        row = [p.id, name, p.sex_written, p.birth_written, p.id_card,
               p.phone, p.address, p.card, p.nation, p.marital,
               stamp(p.created)]
        yield row
        if night.faulty(p, DUPLICATE):
            twin = row
        if twin and p.n == DUPLICATE + 20:
            night.plant("duplicate_patient", None, tool="mdx-qc",
                        patient_id=twin[0])
            yield twin


def visits(night):
    yield ["患者ID", "就诊号", "住院次数", "年龄", "入院日期", "出院日期",
           "入院科室", "出院科室", "入院方式", "离院方式", "主治医师"]
    for p in night.people():
        for v in p.visits:
            enter = stamp(v.enter)
            if night.faulty(p, BAD_DATE) and v.number == 1:
                enter = "2023-02-30 09:30:00"
                night.plant("impossible_date", None, tool="mdx-normalize",
                            column="入院日期")
            yield [p.id, v.id, str(v.number), str(v.age), enter,
                   stamp(v.leave), v.dept, v.dept, v.way_in, v.way_out,
                   v.doctor]


def diagnoses(night):
    yield ["患者ID", "就诊号", "诊断序号", "诊断类型", "诊断名称", "诊断编码",
           "是否主诊断", "诊断日期", "诊断科室"]
    for p in night.people():
        for v in p.visits:
            rng = v.rng("diagnosis")
            found = [rng.choice(words.DIAGNOSES[v.dept])]
            found += rng.sample(words.COMMON, rng.randrange(3))
            day = v.enter.strftime("%Y%m%d")
            for i, (name, code) in enumerate(found, 1):
                row = [p.id, v.id, str(i),
                       "出院诊断" if i == 1 else "入院诊断", name, code,
                       "是" if i == 1 else "否", day, v.dept]
                if night.faulty(p, RAGGED) and i == v.number == 1:
                    row[4] = name + ",待查"
                    night.plant("ragged_row", "csv_width")
                    yield Raw(",".join(row))
                else:
                    yield row


def orders(night):
    yield ["患者ID", "就诊号", "医嘱号", "医嘱类型", "药品名称", "单次剂量",
           "剂量单位", "给药途径", "频次", "开始时间", "停止时间", "开立科室"]
    for p in night.people():
        for v in p.visits:
            rng = v.rng("order")
            drugs = rng.sample(words.DRUGS, rng.randrange(2, 6))
            for i, (drug, dose, unit, route, often) in enumerate(drugs, 1):
                start = v.enter + datetime.timedelta(
                    minutes=rng.randrange(20, 600))
                once = often == "st"
                row = [p.id, v.id, "%s-%02d" % (v.id[2:], i),
                       "临时" if once else "长期", drug, dose, unit, route,
                       often, stamp(start),
                       stamp(start if once else v.leave), v.dept]
                if night.faulty(p, OPEN_QUOTE) and i == v.number == 1:
                    row[4] = '"' + drug
                    night.plant("open_quote", "csv_quote")
                    yield Raw(",".join(row))
                else:
                    yield row


def labs(night):
    yield ["患者ID", "就诊号", "标本号", "标本", "项目代码", "项目名称",
           "结果", "单位", "参考范围", "异常标志", "采样时间", "报告时间",
           "送检科室"]
    for p in night.people():
        for v in p.visits:
            taken = v.enter + datetime.timedelta(hours=14)
            told = taken + datetime.timedelta(hours=3, minutes=p.n % 60)
            for i, t in enumerate(lab_results(p, v)):
                code, name, result, unit, ref, flag, specimen = t
                if night.faults and code == "GLU" and v.dept == words.ICU:
                    result = "%.0f" % (float(result) * 18.016)
                    unit, ref = "mg/dL", "70-110"
                    night.plant("second_unit", None, tool="mdx-normalize",
                                test=name, unit=unit)
                row = [p.id, v.id, "S" + v.id[2:], specimen, code, name,
                       result, unit, ref, flag, stamp(taken), stamp(told),
                       v.dept]
                if night.faulty(p, LONE_LF) and i == 0 and v.number == 1:
                    night.plant("mixed_line_end", None, legal=True)
                    row = Bare(row)
                yield row


def exams(night):
    yield ["患者ID", "就诊号", "检查号", "检查类别", "检查名称", "检查时间",
           "报告时间", "检查科室", "检查所见", "检查结论", "报告医师"]
    for p in night.people():
        for v in p.visits:
            rng = v.rng("exam")
            sort, name, dept, findings, conclusion = rng.choice(words.EXAMS)
            c = rng.randrange(4, 12)
            findings = findings.format(
                a=c + 4, b=c + 2, c=c, d=rng.randrange(28, 42),
                e=rng.randrange(56, 88))
            if night.faulty(p, LINE_BREAK) and v.number == 1:
                findings = findings.replace("。", "。\n", 1)
                night.plant("line_break_in_field", None, legal=True)
            at = v.enter + datetime.timedelta(hours=20)
            yield [p.id, v.id, "E" + v.id[2:], sort, name, stamp(at),
                   stamp(at + datetime.timedelta(minutes=40)), dept,
                   findings, conclusion, rng.choice(words.DOCTORS)]


def surgeries(night):
    yield ["患者ID", "就诊号", "记录号", "文书名称", "手术名称", "手术日期",
           "手术科室", "术者", "麻醉方式", "检查所见", "检查结论"]
    for p in night.people():
        v = p.visits[0]
        rng = v.rng("surgery")
        day = (v.enter + datetime.timedelta(days=1)).strftime("%Y-%m-%d")
        number = "OP" + v.id[2:]
        if p.ablated:
            note = note_of(p, night.gold)
            findings, conclusion = split_note(note["text"])
            night.noted(note, patient_id=p.id, visit_id=v.id, number=number)
            yield [p.id, v.id, number, "甲状腺结节消融术记录",
                   "超声引导下甲状腺结节消融术", day, v.dept, v.doctor,
                   "局部麻醉", findings, conclusion]
        elif p.n % 10 == 3:
            name, text, advice = rng.choice(words.OPERATIONS)
            text = text.format(a=rng.randrange(5, 30),
                               d=rng.randrange(40, 70),
                               e=rng.randrange(35, 90))
            yield [p.id, v.id, number, name + "记录", name, day, v.dept,
                   v.doctor, "全身麻醉", text, advice]


def nursing(night):
    yield ["患者ID", "就诊号", "记录时间", "体温", "脉搏", "呼吸", "收缩压",
           "舒张压", "血氧饱和度", "记录护士"]
    for p in night.people(limit=20000):
        v = p.visits[0]
        rng = v.rng("nursing")
        for hours in (6, 14, 22):
            yield [p.id, v.id,
                   stamp(v.enter + datetime.timedelta(hours=hours)),
                   "%.1f" % rng.gauss(36.7, .5), str(rng.randrange(58, 108)),
                   str(rng.randrange(14, 26)), str(rng.randrange(96, 168)),
                   str(rng.randrange(55, 98)), str(rng.randrange(90, 101)),
                   rng.choice(words.DOCTORS)]


TABLES = [("患者信息.csv", "patient", patients),
          ("就诊记录.csv", "inpatient", visits),
          ("诊断.csv", "diagnosis", diagnoses),
          ("医嘱.csv", "order", orders),
          ("检验.csv", "lab", labs),
          ("检查报告.csv", "exam", exams),
          ("手术记录.csv", "surgery", surgeries)]
