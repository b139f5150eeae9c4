"""people - one patient, and everything that happens to one.

A patient is computed from seed and number alone.  So every table can be
written from first to last without keeping anybody in memory, and all tables
agree.
"""

import datetime
import random
import re

import words

NIGHT = datetime.datetime(2024, 11, 23, 2, 0, 0)
CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_digit(first17):
    """The last digit of an identity number (GB 11643, MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(first17, CHECK_WEIGHTS))
    return "10X98765432"[total % 11]


def stamp(t):
    return t.strftime("%Y-%m-%d %H:%M:%S")


class Visit:
    def __init__(self, p, number, rng):
        self.number = number
        self.id = "ZY%08d%02d" % (p.n, number)
        self.dept = p.dept
        days = rng.randrange(1, 12)
        back = rng.randrange(0, 40) + 60 * (number - 1)
        if p.ablated:
            back += 140                 # long enough to have been followed
        out = NIGHT - datetime.timedelta(days=back)
        self.leave = out.replace(hour=rng.randrange(9, 17),
                                 minute=rng.randrange(60))
        self.enter = (self.leave - datetime.timedelta(days=days)).replace(
            hour=rng.randrange(8, 18), minute=rng.choice((0, 15, 30, 45)))
        self.way_in = rng.choice(words.WAYS_IN)
        self.way_out = "" if rng.random() < p.gaps[2] \
            else words.WAYS_OUT[0] if p.ablated \
            else rng.choice(words.WAYS_OUT)
        self.doctor = rng.choice(words.DOCTORS)
        self.age = self.enter.year - p.birth.year - (
            (self.enter.month, self.enter.day) < (p.birth.month, p.birth.day))
        self.rng_state = rng.random()

    def rng(self, table):
        """A generator of its own for each table of this visit."""
        return random.Random("%s:%s:%r" % (table, self.id, self.rng_state))


class Patient:
    def __init__(self, seed, n):
        rng = random.Random("night:%d:%d" % (seed, n))
        self.n = n
        self.id = "000%016d" % (1234567890000000 + 37 * n) if n % 8 == 0 \
            else "%010d" % n
        self.sex = rng.choice("男女")
        self.birth = datetime.date(1935, 1, 1) + datetime.timedelta(
            days=rng.randrange(70 * 365))
        self.surname, self.given = self._name(rng)
        self.name = self.surname + self.given
        self.ablated = n % 5 == 1
        self.dept = words.ULTRASOUND if self.ablated \
            else rng.choice(words.DEPARTMENTS)
        self.gaps = words.GAPS.get(self.dept, words.USUAL_GAPS)
        order = rng.randrange(100) * 10 + 2 * rng.randrange(5)
        first17 = "%d99%02d%s%03d" % (
            rng.choice((11, 31, 44, 51)), rng.randrange(1, 20),
            self.birth.strftime("%Y%m%d"), order + (self.sex == "男"))
        self.id_card = first17 + check_digit(first17)
        self.phone = "" if rng.random() < self.gaps[0] \
            else self._phone(rng)
        self.card = "" if rng.random() < self.gaps[1] \
            else "JK%014d" % rng.randrange(10**14)
        self.address = "%s%s%s%d号%d单元%d室" % (
            rng.choice(words.CITIES), rng.choice(words.DISTRICTS),
            rng.choice(words.ROADS), rng.randrange(1, 200),
            rng.randrange(1, 7), rng.randrange(101, 1900))
        self.nation = rng.choice(words.NATIONS)
        self.marital = rng.choice(words.MARITAL)
        self.created = NIGHT - datetime.timedelta(
            minutes=rng.randrange(60, 400000))
        self.visits = [Visit(self, 1 + i, rng)
                       for i in range(1 + (rng.random() < .3))]
        self.sex_written = self._sex_written(rng)
        self.birth_written = self._birth_written(rng)

    def _name(self, rng):
        surname = rng.choice(words.COMPOUND) if rng.random() < .02 \
            else rng.choice(words.SURNAMES)
        given = words.GIVEN[self.sex]
        return surname, "".join(rng.choice(given)
                                for _ in range(rng.choice((1, 2, 2))))

    @staticmethod
    def _phone(rng):
        if rng.random() < .06:
            return "010-5550%04d" % rng.randrange(10000)
        return "1990000%04d" % rng.randrange(10000)

    def _sex_written(self, rng):
        r = rng.random()
        if r < .02:
            return "未知"
        if r < .06:
            return "1" if self.sex == "男" else "2"
        return self.sex

    def _birth_written(self, rng):
        b, r = self.birth, rng.random()
        if r < .05:
            return "%d/%d/%d" % (b.year, b.month, b.day)
        if r < .10:
            return "%d年%d月%d日" % (b.year, b.month, b.day)
        return b.isoformat()


def lab_results(p, v):
    """(code, name, result, unit, reference, flag, specimen) of one visit."""
    rng = v.rng("lab")
    tests = [words.GLUCOSE] + rng.sample(words.LABS, 9)
    for code, name, unit, low, high, digits, specimen in tests:
        x = max(low * .2, rng.gauss((low + high) / 2, (high - low) * .35))
        flag = "↑" if x > high else "↓" if x < low else ""
        yield (code, name, "%.*f" % (digits, x), unit,
               "%g-%g" % (low, high), flag, specimen)
    code, name, reference, specimen, results = rng.choice(words.WORDED_LABS)
    yield (code, name, rng.choice(results), "mg/L" if code == "hsCRP" else "",
           reference, "", specimen)


def written_note(p):
    """A note in the deck's manner with numbers of its own, and its answer."""
    rng = random.Random("note:%s" % p.id)
    lobe = rng.choice(("左叶", "右叶"))
    pole = rng.choice(("上极", "中部", "下极", "中上部", "中下部"))
    way, needle = rng.choice((("微波消融", "微波消融针"),
                              ("射频消融", "射频消融电极针")))
    pre = [rng.randrange(8, 40) for _ in range(3)]
    post = [x + rng.randrange(1, 5) for x in pre]
    watts, seconds = rng.randrange(25, 55, 5), rng.randrange(70, 620)
    dose = rng.choice(("1.0", "1.2", "1.5", "2.4"))
    minutes, rest = divmod(seconds, 60)

    def cm(d):
        return "x".join("%d.%d" % divmod(x, 10) for x in d) + "cm"

    text = ("操作记录: 术前所见：甲状腺%s%s见低回声结节，大小约%s。术中所见：患者"
            "平卧位，常规消毒、铺巾，1%%利多卡因5ml局麻穿刺点后，用%s穿刺至结节，"
            "设定功率%dW，共消融约%d分%02d秒，至结节完全被消融高回声覆盖。术后即刻"
            "造影，经肘前静脉团注SonoVue混悬液%sml，术区见范围约%s无增强区。造影示"
            "完全消融。\n检查结论:\n局部压迫30分钟，术后1月、3月、6月复查。"
            % (lobe, pole, cm(pre), needle, watts, minutes, rest, dose,
               cm(post)))
    lesion = {"location": lobe + pole, "pre_size": pre, "post_size": post,
              "pre_volume": None, "method": way, "device": needle,
              "power": watts, "frequency": None, "time": seconds}
    return {"id": "written", "text": text, "indicators": {
        "lesion": [lesion], "contrast_pre.used": None,
        "contrast_pre.dose": None, "contrast_post.used": True,
        "contrast_post.dose": float(dose), "contrast.agent": "SonoVue",
        "outcome": "完全消融", "complication": None}}


def note_of(p, gold):
    """The ablation note of a patient: the gold set's first, in its order."""
    n = p.n // 5
    return gold[n] if n < len(gold) else written_note(p)


def split_note(text):
    """检查所见 and 检查结论."""
    findings, _, conclusion = re.sub(r"\n检查结论[:：]\s*", "\0", text,
                                     count=1).partition("\0")
    return findings, conclusion
