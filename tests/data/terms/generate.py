#!/usr/bin/env python3
"""generate.py NAMES.tsv diagnosis|surgery SYSTEM@VERSION FOLDER

Names of a published list (code, name) as a hospital writes them: in words of
the same sense, abbreviated, in English, with characters lost, swapped and
mistaken, with sides, stages and doubts, one to four in a line.

A fifth of the names, told by a digest of the name, is kept apart: none of
them is in what is learned from.  Writes into FOLDER:

    train.csv   7,500 lines of the other names, for learn (take the first N)
    lines.csv   1,500 further lines of the other names: to tune on
    kept.csv    2,000 lines of the kept names: never to tune on

The same arguments give the same bytes.  The tables of words below were
written before and apart from lib/share/terms/synonyms.csv.
"""
import csv
import hashlib
import os
import random
import sys

# What lists say, and what is written for it; `*` marks words for operations.
DIAGNOSIS = """
恶性肿瘤=癌|Ca|CA|MT|恶性占位|恶性肿物
继发性恶性肿瘤=转移癌|转移瘤|mets|转移
良性肿瘤=良性占位|良性瘤|肿物
原位癌=CIS|原位Ca
慢性阻塞性肺=慢阻肺|COPD|老慢支
冠状动脉粥样硬化性心脏病=冠心病|CHD|CAD|冠脉硬化心脏病
高血压=HTN|HBP|血压高|EH
2型糖尿病=T2DM|二型糖尿病|NIDDM|2型DM
1型糖尿病=T1DM|IDDM
糖尿病=DM|糖病
心力衰竭=心衰|HF|心功能不全
心房颤动=房颤|AF|心房纤颤
心肌梗死=心梗|MI|心肌梗塞
脑梗死=脑梗|脑梗塞|CI
肾功能衰竭=肾衰|肾功能不全|RF
呼吸衰竭=呼衰|呼吸功能衰竭
肺炎=肺部感染|PN|肺部炎症
结核=TB|痨
综合征=综合症|SY
甲状腺功能亢进=甲亢|甲状腺机能亢进
甲状腺功能减退=甲减|甲低
系统性红斑狼疮=SLE|红斑狼疮
类风湿性关节炎=RA|类风关
椎间盘突出=椎间盘膨出|LDH|间盘突出
椎间盘=间盘
骨折=fx|骨断裂|Fx
上呼吸道感染=上感|URI|感冒
泌尿道感染=尿感|UTI|尿路感染
前列腺增生=前列腺肥大|BPH
子宫平滑肌瘤=子宫肌瘤|肌瘤
病毒性肝炎=病毒肝炎|VH
乙型=乙|B型
出血=渗血|流血|血肿
损伤=外伤|挫伤|伤
疼痛=痛|疼
脱位=脱臼
破裂=裂伤|裂
撕裂=裂伤
梗阻=堵塞|不通|阻塞
增生=肥大
血栓形成=血栓|栓塞
动脉粥样硬化=动脉硬化|AS
畸形=发育异常|畸型
感染=发炎|inf
结石=石头|石
囊肿=囊性肿物|cyst
息肉=polyp|息肉样隆起
结节=小结节|SN
淋巴结=LN|淋巴
淋巴瘤=ML|淋巴Ca
白血病=血癌|Leu
溃疡=破溃|ulcer
关节炎=关节发炎|OA
静脉曲张=静脉扩张
功能障碍=功能异常|功能不良
急性=急|急发
慢性=慢|长期
先天性=先天|生后
继发性=继发|转移性
原发性=原发|特发
左侧=左|L|左边
右侧=右|R|右边
双侧=双|两侧|双边
腹股沟=腹股沟区|鼠蹊
阑尾=盲肠
胆囊=GB
支气管=气管|支
十二指肠=十二指肠球
乳房=乳腺|奶
子宫颈=宫颈
妊娠=怀孕|孕
新生儿=宝宝|NB
异常=不正常
"""
SURGERY = """
切除术=切除|摘除|切掉|resection
部分切除术=部切|部分切除
全切除术=全切|全切除
根治性=根治|根治术
腹腔镜=镜下|微创|腹腔镜下|LAP
胸腔镜=VATS|胸腔镜下|微创
内镜下=镜下|内镜|ES
关节镜=关节镜下|AS
活组织检查=活检|Bx|病检
内固定术=内固定|ORIF|钢板固定
切开复位=切复|开放复位
闭合复位=手法复位|闭复
置换术=置换|换
全髋关节=THA全髋|全髋
全膝关节=TKA全膝|全膝
冠状动脉=冠脉|CA
搭桥=旁路|CABG
旁路移植术=搭桥|搭桥术
支架=stent|支架植入
置入术=植入|放置|置入
植入术=植入|置入
造影=CAG造影|显影
成形术=成型|成形|整形
修补术=修补|缝补
修复术=修复|修补
缝合术=缝合|缝
引流术=引流|置管引流|放液
切开术=切开
探查术=探查
松解术=松解
吻合术=吻合|接
栓塞术=栓塞|TAE
穿刺术=穿刺
注射=打针|inj
灌洗=冲洗
移植术=移植|植
去除术=取出|拔除|取
取出术=取出|去除
子宫颈=宫颈
剖宫产=CS|剖腹产
阑尾=盲肠
胆囊=GB
前列腺=PRO
经尿道=TUR|经尿道下
经皮=穿刺|皮穿
超声=B超|US
计算机断层=CT
磁共振=MRI|核磁
治疗=Tx|治
检查=查
闭合性=闭合
开放性=开放
乳房=乳腺
"""
HOMOPHONES = ("炎言症征竭歇梗埂栓拴瘤留囊曩疡伤痔志肢支脂酯脉麦络洛腺线肝干肾甚肺费"
              "髋宽膝夕骨谷节结管官关观期其心新血雪脑恼胃卫肠长胆担脾皮疝善泌密")
SEPARATORS = ["、", "，", ";", " ", "+", "伴", "并", "合并", "及", "，伴", "/", "；"]
BEFORE = ["考虑", "疑", "?", "可疑"]
BEHIND = ["?", "待查", "待排", "可能", "史", "术后", "（术后）", "复查", "III期", "IIb期",
          "T2N0M0", "化疗后", "急性期", "稳定期", "（左）", "(右)", "恢复期"]
BEHIND_SURGERY = ["术", "+活检", "（左）", "(右)", "(复)", "二次"]
NEEDLESS = ["未特指的", "未特指", "其他", "其它特指的", "特指", "NOS", "性", "症", "病", "术",
            "，由于", "所致", "的", "（", "）", "(", ")", "[", "]", "伴有", "，"]


def words(table):
    rows = []
    for line in table.strip().split("\n"):
        word, same = line.split("=")
        rows.append((word, same.split("|")))
    return rows


def shorthand(names, count):
    """The frequent words of the names, each with two or three letters that
    this hospital uses for it: nothing but its own mappings can say so."""
    often = {}
    for _, name in names:
        for n in (2, 3, 4):
            for i in range(len(name) - n + 1):
                word = name[i:i + n]
                if all("\u4e00" <= c <= "\u9fff" for c in word):
                    often[word] = often.get(word, 0) + n - 1
    best = sorted(often, key=lambda w: (-often[w], w))[:3 * count:3]
    letters = "BDFGHJKLMNPQRSTWXYZ"
    house = []
    for word in best:
        d = hashlib.sha256(word.encode()).digest()
        house.append((word, "".join(letters[d[i] % 19]
                                    for i in range(min(len(word), 3)))))
    return house


class Writer:
    def __init__(self, kind, names):
        self.surgery = kind == "surgery"
        self.words = words(SURGERY if self.surgery else DIAGNOSIS)
        self.house = shorthand(names, 250)
        self.random = random.Random(kind + "-1")
        pool = sorted(names, key=lambda n: hashlib.sha256(n[1].encode()).digest())
        self.pool = pool
        self.weights = [1 / (i + 20) for i in range(len(pool))]

    def slip(self, text):
        """One character lost, swapped or mistaken."""
        r = self.random
        if len(text) < 4:
            return text
        i = r.randrange(len(text) - 1)
        how = r.random()
        if how < 0.5:
            return text[:i] + text[i + 1:]
        if how < 0.7:
            return text[:i] + text[i + 1] + text[i] + text[i + 2:]
        for i in r.sample(range(len(text)), len(text)):
            at = HOMOPHONES.find(text[i])
            if at >= 0:
                return text[:i] + HOMOPHONES[at ^ 1] + text[i + 1:]
        return text

    def one(self, name):
        r = self.random
        text = name
        for word, same in self.words:
            if word in text and r.random() < 0.75:
                text = text.replace(word, r.choice(same), 1)
        for word, letters in self.house:
            if word in text and len(text) > len(word) and r.random() < 0.4:
                text = text.replace(word, letters, 1)
        for needless in NEEDLESS:
            if needless in text and len(text) > 3 and r.random() < 0.5:
                text = text.replace(needless, "", 1)
        if len(text) > 6 and r.random() < 0.35:
            cut = r.randrange(2)
            text = text[:-2] if cut else text[2:]
        while r.random() < 0.35:
            text = self.slip(text)
        if r.random() < 0.15:
            text = text.lower() if r.random() < 0.5 else text.upper()
        if not self.surgery and r.random() < 0.06:
            text = r.choice(BEFORE) + text
        if r.random() < 0.2:
            text += r.choice(BEHIND_SURGERY if self.surgery else BEHIND)
        if r.random() < 0.08:
            text = text.replace("性", " ")
        return text.strip() or name

    def line(self, pool, weights):
        r = self.random
        count = r.choices([1, 2, 3, 4], [62, 23, 10, 5] if not self.surgery
                          else [80, 15, 4, 1])[0]
        chosen = r.choices(pool, weights, k=count)
        chosen = list(dict.fromkeys(chosen))
        parts = [self.one(name) for _, name in chosen]
        if len(parts) > 1 and r.random() < 0.2:
            text = "".join("%d.%s" % (i + 1, p) for i, p in enumerate(parts))
        else:
            text = parts[0]
            separator = r.choice(SEPARATORS)
            for part in parts[1:]:
                text += (separator if r.random() < 0.7
                         else r.choice(SEPARATORS)) + part
        return text, chosen


def main():
    table, kind, system, folder = sys.argv[1:]
    system, version = system.split("@")
    with open(table, encoding="utf-8", newline="") as f:
        names = [tuple(row[:2]) for row in csv.reader(f, delimiter="\t")][1:]
    names = [(c.strip(), n.strip()) for c, n in names]
    writer = Writer(kind, names)
    halves = {True: [], False: []}
    for item, weight in zip(writer.pool, writer.weights):
        kept = hashlib.sha256(item[1].encode()).digest()[8] % 5 == 0
        halves[kept].append((item, weight))
    os.makedirs(folder, exist_ok=True)
    seen = set()
    for file, kept, count in (("train", False, 7500), ("lines", False, 1500),
                              ("kept", True, 2000)):
        pool, weights = zip(*halves[kept])
        with open(os.path.join(folder, file + ".csv"), "w", encoding="utf-8",
                  newline="") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow(["field", "term", "code", "display", "system",
                          "version", "relation", "status", "reviewer", "date"])
            while count > 0:
                text, chosen = writer.line(pool, weights)
                folded = text.lower().replace(" ", "")
                if folded in seen:
                    continue
                seen.add(folded)
                for code, name in chosen:
                    out.writerow([kind, text, code, name, system, version,
                                  "exact", "APPROVED", "generated",
                                  "2026-01-01"])
                count -= 1


if __name__ == "__main__":
    main()
