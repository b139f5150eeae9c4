#!/usr/bin/python3
"""notes.py [N [SEED]]: made-up clinical notes with what identifies marked.

One JSON object a line: patient_id, name, kind, text, gold [[start, end,
label]...] in code points, keep [word...] that must survive.  The rules of
lib/deid were tuned on these templates: figures on them are no promise.
"""
import json
import random
import re
import sys

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文")
COMPOUND = ["欧阳", "司马", "诸葛", "上官", "皇甫", "尉迟", "慕容", "令狐", "司徒", "东方"]
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华文建国玉红梅志辉林海燕云鹏飞波斌宇浩凯健俊帆雪琴玲"
    "春晓丹萍东彬鑫婷慧莉雯欣怡佳琪琳颖倩瑶瑞祥福德荣贵宝峰松菊莲蓉蕾芝芸茜莹菲薇思雨诗涵子轩梓然诺泽铭博皓"
    "晨煜熙昊睿翰朗诚信义仁智勤善孝忠贤宁顺兴旺盛昌隆永远庆吉利胜凤鸿莺珍瑛瑾瑜璇环钢锋钧锐锦绣素洁清澄润源"
    "淑婉媛姣娇嫦娥姝妮星辰旭晴光耀灿焕炳航程征骏翔翠青蓝丹冬雷震宏毅坚豪雄才学章书翰画歌琴韵律和正直权衡")
FOREIGN = ["阿依古丽·买买提", "艾合买提·吐尔逊", "古丽娜尔·阿不都拉", "努尔兰·哈力克", "扎西·多吉",
           "买买提江·依明", "帕提古丽·艾山", "热依汗·玉素甫"]
LATIN = ["Wang Fang", "John Smith", "Li Xiaoming", "Maria Garcia", "ZHANG WEI"]
ROADS = ["文三路", "建国路", "人民大道", "解放街", "和平巷", "中山北路", "长江路", "学府大街"]
CITIES = [("浙江省", "杭州市", "西湖区"), ("江苏省", "南京市", "鼓楼区"), ("", "北京市", "朝阳区"),
          ("", "上海市", "浦东新区"), ("四川省", "成都市", "武侯区"), ("河南省", "郑州市", "中牟县"),
          ("湖南省", "长沙市", "岳麓区"), ("广东省", "佛山市", "南海区"), ("山东省", "临沂市", "沂水县")]
VILLAGES = ["大王庄村", "石桥村", "柳河镇东村", "河西屯"]
HOSPITALS = ["北京协和医院", "浙江大学医学院附属第一医院", "南京市鼓楼医院", "沂水县人民医院", "上海市第六人民医院",
             "四川大学华西医院", "中牟县中医院", "解放军总医院", "湘雅二医院", "广东省妇幼保健院"]


def check_digit(head):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(c) * w for c, w in zip(head, weights)) % 11]


def luhn(head):
    total = 0
    for i, c in enumerate(reversed(head)):
        d = int(c) * (2 if i % 2 == 0 else 1)
        total += d - 9 if d > 9 else d
    return head + str(-total % 10)


class Maker:
    """Values, each by its slot's name."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def digits(self, n):
        return "".join(self.r.choice("0123456789") for _ in range(n))

    def name(self):
        r = self.r
        kind = r.random()
        if kind < 0.03:
            return r.choice(FOREIGN)
        surname = r.choice(COMPOUND) if kind < 0.07 else r.choice(SURNAMES)
        return surname + "".join(r.choice(GIVEN) for _ in range(1 if r.random() < 0.3 else 2))

    def id_card(self):
        r = self.r
        head = r.choice(["110101", "330106", "320106", "510107", "410122", "440605", "371323"])
        head += "%04d%02d%02d" % (r.randint(1935, 2015), r.randint(1, 12), r.randint(1, 28)) + self.digits(3)
        return head + check_digit(head)

    def mobile(self):
        return "1" + self.r.choice("3456789") + self.digits(9)

    def phone(self):
        r = self.r
        m = self.mobile()
        return r.choice([
            m, m, m[:3] + "-" + m[3:7] + "-" + m[7:], m[:3] + " " + m[3:7] + " " + m[7:], "+86 " + m, "86-" + m,
            "0571-" + r.choice("2345678") + self.digits(7), "(010)" + r.choice("2345678") + self.digits(7),
            "021-" + r.choice("2345678") + self.digits(3) + " " + self.digits(4),
            "".join(chr(ord(c) + 0xFEE0) for c in m), m[:6] + "\n" + m[6:], " ".join(m)])

    def date(self):
        r = self.r
        y, m, d = r.randint(1998, 2025), r.randint(1, 12), r.randint(1, 28)
        return r.choice(["%04d-%02d-%02d" % (y, m, d), "%d年%d月%d日" % (y, m, d), "%d/%d/%d" % (y, m, d),
                         "%d.%d.%d" % (y, m, d), "%04d%02d%02d" % (y, m, d), "%d年%d月" % (y, m),
                         "%d月%d日" % (m, d), "%d年%02d月%02d号" % (y, m, d)])

    def address(self):
        r = self.r
        p, c, d = r.choice(CITIES)
        if r.random() < 0.25:
            return p + c + d + r.choice(VILLAGES) + "%d组" % r.randint(1, 9)
        tail = r.choice(ROADS) + "%d号" % r.randint(1, 400)
        tail += r.choice(["", "%d单元%d室" % (r.randint(1, 4), r.randint(101, 1802)), "%d幢%d室" % (r.randint(1, 30), r.randint(101, 902))])
        return r.choice([p + c + d + tail, d + tail if d else c + tail])

    def slot(self, label):
        r = self.r
        return {
            "NAME": self.name, "STAFF": self.name, "ID_CARD": self.id_card, "PHONE": self.phone,
            "DATE": self.date, "ADDRESS": self.address, "HOSPITAL": lambda: r.choice(HOSPITALS),
            "LATIN": lambda: r.choice(LATIN),
            "MRN": lambda: r.choice(["ZY", "", "MZ", "0"]) + self.digits(r.randint(6, 10)),
            "EMAIL": lambda: "%s%s@%s.com" % (r.choice(["wang", "li_", "zhang."]), self.digits(3), r.choice(["qq", "163", "hospital"])),
            "HEALTH_CARD": lambda: self.digits(r.choice([9, 12, 18])),
            "BANK_CARD": lambda: luhn("62" + self.digits(r.choice([14, 16]))),
            "PASSPORT": lambda: "E" + self.digits(8),
            "ACCOUNT": lambda: "wx_" + self.digits(6),
            "BED": lambda: "%d床" % r.randint(1, 60),
            "PLATE": lambda: r.choice("京沪浙苏鲁") + r.choice("ABCD") + self.digits(5),
            "AGE_OVER_89": lambda: "%d岁" % r.randint(90, 104),
            "URL": lambda: "https://www.hos%s.cn/r/%s" % (self.digits(2), self.digits(5)),
            "IP": lambda: "10.%d.%d.%d" % (r.randint(0, 255), r.randint(0, 255), r.randint(1, 254)),
            "OTHER_ID": lambda: r.choice(["杭州第二机械厂", "南京某某贸易有限公司", "市第三小学"]),
        }[label]()


KEEP = """高血压 白蛋白 张力 金葡菌 方案 阿尔茨海默病 克罗恩病 帕金森病 金黄色葡萄球菌 阿司匹林 阿莫西林 罗红霉素 左氧氟沙星
白细胞 黄疸 高热 平卧 平素 石膏 水肿 万古霉素 桥本甲状腺炎 梅尼埃病 川崎病 毛玻璃影 胡萝卜 华法林 利多卡因 地西泮
E11.900 C34.101 130/80mmHg 6.5×10^9/L 36.5℃ 138次/分 ALT AST ALB CEA 3.2×1.9cm II期 NYHA 2级 双肺 肝脾 周围神经
常规 安静 明显 项目 曲马多 马来酸 温水 关节 施行 连续 支气管 应用 成人 海绵状血管瘤 唐氏综合征 史密斯骨折 柯萨奇病毒 谷丙转氨酶
强直 解剖 罗音 雷贝拉唑 韦格纳肉芽肿 查体 普食 全麻 干咳 单核细胞 包块 严重 向心性 毛囊 江米 甘露醇 易激惹 云雾状""".split()

TEMPLATES = {
    "admission": "姓名：{NAME}，性别：女，年龄：{n}岁，住院号：{MRN}，住址：{ADDRESS}，联系电话：{PHONE}。于{DATE}入院。查体：{KEEP}，{KEEP}。",
    "admission_form": "姓    名：{NAME}    性    别：男\n身份证号：{ID_CARD}\n工作单位：{OTHER_ID}\n病史陈述者：{NAME}\n入院日期：{DATE}\n现病史：{KEEP}。",
    "first_course": "患者{NAME}，男，{n}岁，因“咳嗽3天”于{DATE}入我科。既往{KEEP}病史。主治医师：{STAFF}",
    "daily_course": "{DATE} 今日{STAFF}主任医师查房，患者诉{KEEP}较前好转。{STAFF}主任指示：继续{KEEP}治疗。记录者：{STAFF}",
    "ward_round": "{STAFF}副主任医师查房后指出：患者{KEEP}诊断明确，建议加用{KEEP}。",
    "operation": "手术日期：{DATE}\n术者：{STAFF}，一助：{STAFF}，二助：{STAFF}\n麻醉医师：{STAFF}\n器械护士：{STAFF} 巡回护士：{STAFF}\n手术经过：{KEEP}下取仰卧位，{KEEP}。",
    "operation_prose": "由{STAFF}主刀，{STAFF}、{STAFF}协助，行左肺上叶切除术，术中见{KEEP}，出血约100ml。",
    "anesthesia": "麻醉方法：{KEEP}；麻醉者：{STAFF}/{STAFF}；术前用药：{KEEP}。",
    "nursing": "{BED} {NAME} 神志清，{KEEP}，遵{STAFF}医生医嘱予{KEEP}口服。责任护士：{STAFF}",
    "handover": "交班者：{STAFF} 接班者：{STAFF}。{BED}患者{NAME}夜间{KEEP}，已通知{STAFF}医生。",
    "consult": "请{STAFF}主任会诊。会诊意见：考虑{KEEP}，建议查{KEEP}。会诊医师：{STAFF} {DATE}",
    "consult_prose": "经{HOSPITAL}{STAFF}教授会诊，同意目前{KEEP}方案。",
    "discharge": "出院小结：患者{NAME}于{DATE}入院，{DATE}出院，诊断{KEEP}。出院带药：{KEEP}。有问题请拨打{PHONE}。",
    "discharge_follow": "嘱患者1月后到{STAFF}主任门诊复诊，复查{KEEP}。电话{PHONE}，微信号：{ACCOUNT}。",
    "death": "死亡记录：{NAME}，{AGE_OVER_89}，{DATE}抢救无效死亡。参加抢救人员：{STAFF}、{STAFF}、{STAFF}。死因：{KEEP}。",
    "consent": "患者签名：{NAME}  家属签名：{NAME}（与患者关系：女儿）  谈话医师：{STAFF}  日期：{DATE}\n手术风险：{KEEP}。",
    "consent_proxy": "委托人：{NAME}，被委托人：{NAME}，身份证号码{ID_CARD}，授权其签署{KEEP}相关文书。",
    "chat": "{NAME}：医生您好，我{KEEP}一周了\n{STAFF}医生：您好，请先查{KEEP}\n{NAME}：我的电话是{PHONE}",
    "chat_group": "@{STAFF} {BED}的{KEEP}结果出来了，麻烦{STAFF}看一下，家属电话{PHONE}",
    "followup": "电话随访：{DATE}致电患者之子{NAME}（{PHONE}），诉{KEEP}，无{KEEP}。随访人：{STAFF}",
    "lab": "标本号：{SPECIMEN} 检验者：{STAFF} 审核者：{STAFF} ALT 35U/L，{KEEP}阴性。",
    "pathology": "病理号：B2024-{d4}；送检医师：{STAFF}；肉眼所见：{KEEP}，诊断：{KEEP}。报告医师：{STAFF}",
    "imaging": "检查所见：{KEEP}，大小约3.2×1.9cm。报告医师：{STAFF} 审核医师：{STAFF} {DATE}",
    "ultrasound": "甲状腺右叶见低回声结节，{KEEP}。操作者：{STAFF}、{STAFF}",
    "emergency": "患者由家属（其妻{NAME}）送入急诊，{KEEP}，身份证{ID_CARD}，车牌号{PLATE}。",
    "transfer": "患者曾就诊于{HOSPITAL}，诊断{KEEP}，予{KEEP}治疗后转至{HOSPITAL}。",
    "transfer_form": "转出科室：外科；转出护士：{STAFF}；转入护士：{STAFF}；住院号{MRN}；带管：{KEEP}。",
    "psych": "患者{NAME}自述与丈夫{NAME}争吵后情绪低落，{KEEP}，母亲{NAME}陪诊。",
    "family": "家族史：父亲{NAME}患{KEEP}，其兄{NAME}患{KEEP}。",
    "kin_brackets": "家属：{NAME}（儿子），{NAME}（女儿）均要求积极治疗，告知{KEEP}风险。",
    "obstetrics": "产妇{NAME}于{DATE}顺娩一女婴，Apgar评分10分，{KEEP}。接生者：{STAFF}",
    "pediatric": "患儿{NAME}，母亲姓名：{NAME}，联系方式：{PHONE}。{KEEP}2天。",
    "insurance": "医保卡号：{HEALTH_CARD}，银行卡号：{BANK_CARD}，开户名：{NAME}。费用含{KEEP}。",
    "bank_bare": "退费请转入{BANK_CARD}，户名：{NAME}，备注{KEEP}。",
    "foreign": "Name: {LATIN}  护照号：{PASSPORT}  诊断：{KEEP}。",
    "mail": "报告发至{EMAIL}，亦可登录{URL}查看，终端{IP}，{KEEP}未见异常。",
    "table": "| 姓名 | {NAME} | 电话 | {PHONE} | 住院号 | {MRN} |\n| 诊断 | {KEEP} |",
    "complaint": "投诉人{NAME}反映{STAFF}护士态度差，联系电话：{PHONE}，地址：{ADDRESS}。当日患者{KEEP}。",
    "trial": "受试者姓名：{NAME}，研究者：{STAFF}，筛选号：S{d4}，{KEEP}不良事件1级。",
    "rehab": "康复治疗记录：治疗师：{STAFF}，患者{KEEP}明显改善，{DATE}评估。",
    "dialysis": "上机护士：{STAFF}，下机护士：{STAFF}，穿刺者：{STAFF}。抗凝：{KEEP}。",
    "discussion": "疑难病例讨论 时间：{DATE} 主持人：{STAFF}主任 参加人员：{STAFF}、{STAFF}、{STAFF}、{STAFF}\n{STAFF}医师：考虑{KEEP}。\n{STAFF}主治医师：同意，补充{KEEP}。",
    "home": "家住{ADDRESS}，{AGE_OVER_89}，独居，{KEEP}，邻居{NAME}代诉病史。",
    "someone": "张某某，男，因{KEEP}由李医生收入，王主任查房考虑{KEEP}。",
    "rare_title": "规培医生{STAFF}汇报病史，带教老师{STAFF}补充：{KEEP}。",
    "old_id": "证件：{ID_CARD}（已核），{NAME}本人到场，{KEEP}。",
}
FIXED = {"someone": [("张某某", "NAME"), ("李", "STAFF"), ("王", "STAFF")]}


def note(maker, kind):
    text, gold, keep = "", [], []
    patient = None
    for part in re.split(r"(\{[A-Za-z_0-9]+\})", TEMPLATES[kind]):
        if not part.startswith("{"):
            text += part
            continue
        slot = part[1:-1]
        if slot == "n":
            text += str(maker.r.randint(1, 88))
        elif slot == "d4":
            text += maker.digits(4)
        elif slot == "SPECIMEN":
            value = "2024" + maker.digits(8)
            keep.append(value)
            text += value
        elif slot == "KEEP":
            value = maker.r.choice(KEEP)
            keep.append(value)
            text += value
        else:
            value = maker.slot(slot)
            label = "NAME" if slot == "LATIN" else slot
            if label == "NAME" and patient is None:
                patient = value
            gold.append([len(text), len(text) + len(value), label])
            text += value
    for value, label in FIXED.get(kind, []):
        at = text.index(value)
        gold.append([at, at + len(value), label])
    return {"patient_id": maker.digits(8), "name": patient, "kind": kind, "text": text, "gold": gold, "keep": keep}


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    maker = Maker(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    kinds = sorted(TEMPLATES)
    for i in range(count):
        print(json.dumps(note(maker, kinds[i % len(kinds)]), ensure_ascii=False))


if __name__ == "__main__":
    main()
