#!/usr/bin/python3
"""Two other programs about units, as second opinions on the verb `unit`.

    ucum-peers.py pint | lhc NODE_MODULES

2.5 of each unit goes to base units.  Every answer that differs from ours must
be one of those that are explained below, and each explanation must still be
needed.
"""
import json
import re
import subprocess
import sys

BASE = {"L": "m", "T": "s", "M": "g", "A": "rad", "K": "K", "Q": "C", "F": "cd", "N": "mol"}
OLDER = "the constant of another CODATA; ours is that of UCUM 2.2"
LHC = {
    **dict.fromkeys(["u", "eV", "[h]", "[k]", "[e]", "[m_e]", "[m_p]", "[G]"], OLDER),
    "[LPF]": "1 there, 100 in UCUM", "[degRe]": "adds 273.15 before the factor 5/4",
    "%[slope]": "takes the angle in degrees for one in radians once more",
    **dict.fromkeys(["[p'diop]", "[hp'_X]", "[hp'_C]", "[hp'_M]", "[hp'_Q]"],
                    "the function is missing there"),
    **dict.fromkeys(["[diop]", "[mesh_i]", "Bd"], "no factor there"),
    **dict.fromkeys(["[NTU]", "[FNU]"], "not in its table"),
}
PINT_NAMES = {
    "L": "liter", "g": "gram", "mol": "mole", "h": "hour", "d": "day", "Pa": "pascal",
    "J": "joule", "W": "watt", "N": "newton", "V": "volt", "A": "ampere", "Hz": "hertz",
    "Ci": "curie", "Gy": "gray", "Sv": "sievert", "eV": "electron_volt", "u": "dalton",
    "[in_i]": "inch", "[ft_i]": "foot", "[yd_i]": "yard", "[mi_i]": "mile", "[nmi_i]": "nautical_mile",
    "[lb_av]": "pound", "[oz_av]": "ounce", "[gr]": "grain", "[gal_us]": "gallon",
    "[pt_us]": "pint", "[qt_us]": "quart", "[foz_us]": "fluid_ounce", "[cup_us]": "cup",
    "[tbs_us]": "tablespoon", "[tsp_us]": "teaspoon", "[gal_br]": "imperial_gallon",
    "[pt_br]": "imperial_pint", "cal": "calorie", "[Btu_IT]": "Btu_it", "[Btu_th]": "Btu_th",
    "atm": "atm", "bar": "bar", "mm[Hg]": "mmHg", "[psi]": "psi", "[HP]": "hp",
    "[ly]": "light_year", "pc": "parsec", "AU": "astronomical_unit", "deg": "degree",
    "gon": "grad", "'": "arcminute", "''": "arcsecond", "a": "julian_year", "wk": "week",
    "dyn": "dyne", "erg": "erg", "P": "poise", "St": "stokes", "T": "tesla", "Wb": "weber",
    "H": "henry", "F": "farad", "Ohm": "ohm", "S": "siemens", "lm": "lumen", "lx": "lux",
    "kat": "katal", "R": "roentgen", "RAD": "rads", "REM": "rem", "[acr_us]": "acre",
    "[lb_tr]": "troy_pound", "[oz_tr]": "troy_ounce", "[ston_av]": "ton",
    "[lton_av]": "long_ton", "[stone_av]": "stone", "[c]": "speed_of_light",
    "[e]": "elementary_charge", "[h]": "planck_constant", "[k]": "boltzmann_constant",
    "[m_e]": "electron_mass", "[m_p]": "proton_mass", "Ao": "angstrom", "b": "barn",
    "ar": "are", "t": "metric_ton", "[kn_i]": "knot", "[den]": "denier", "tex": "tex",
    "Cel": "degC", "[degF]": "degF", "[degR]": "degR", "sb": "stilb", "Lmb": "lambert",
    "Bi": "biot", "Gal": "galileo", "[car_m]": "carat", "[mil_i]": "thou",
    "[cml_i]": "circular_mil", "[bbl_us]": "oil_barrel", "[bu_us]": "bushel",
    "[pk_us]": "peck", "[fth_us]": "fathom", "[fur_us]": "furlong", "[rd_us]": "rod",
    "[ch_us]": "chain", "[lk_us]": "link", "[scwt_av]": "hundredweight", "[dr_av]": "dram",
    "[sc_ap]": "scruple", "[pwt_tr]": "pennyweight"}
PINT = {
    "[Btu_th]": "made of the pound there, 1.054350 kJ in UCUM",
    "mm[Hg]": "made of the density of mercury there, 133.322 Pa in UCUM",
    "pc": "more digits than UCUM gives", "[m_e]": OLDER, "[m_p]": OLDER,
}


def ask(records):
    out = subprocess.run(["mdx-normalize", "unit"], check=True, text=True, capture_output=True,
                         input="".join(json.dumps(r) + "\n" for r in records)).stdout
    return [json.loads(line) for line in out.splitlines()]


def to_base(codes):
    """(code, base unit, 2.5 of it) of what we can convert."""
    told = [a for a in ask([{"unit": c} for c in codes]) if a["valid"]]
    to = [".".join(BASE[p[0]] + p[1:] for p in a["dimension"].split("."))
          if a["dimension"] != "1" else "1" for a in told]
    return [(a["unit"], t, b["result"]) for a, t, b in zip(
        told, to, ask([{"unit": a["unit"], "to": t, "value": "2.5"} for a, t in zip(told, to)]))
        if "result" in b]


def judge(name, answers, known):
    """answers: (code, ours, theirs or None)."""
    other = {c for c, ours, theirs in answers if theirs is None or abs(theirs / ours - 1) > 1e-9}
    print(f"{name}: {len(answers)} asked, {len(answers) - len(other)} the same")
    for c in sorted(other | set(known)):
        if c not in known:
            print(f"  {c}: differs without explanation")
        elif c not in other:
            print(f"  {c}: is explained, but the same")
        else:
            print(f"  {c}: {known[c]}")
    return other != set(known)


def pint_peer():
    import pint
    units = pint.UnitRegistry()
    base = {"m": "meter", "s": "second", "g": "gram", "rad": "radian", "K": "kelvin",
            "C": "coulomb", "cd": "candela", "mol": "mole"}
    answers = []
    for code, to, ours in to_base(PINT_NAMES):
        unit = units.dimensionless
        for letters, power in re.findall(r"([A-Za-z]+)(-?\d*)", to):
            unit = unit * units.Unit(base[letters]) ** int(power or 1)
        theirs = units.Quantity(2.5, PINT_NAMES[code]).to(unit).magnitude
        answers.append((code, ours, theirs))
    return judge(f"pint {pint.__version__}", answers, PINT)


def lhc_peer(modules):
    rows = open(f"{sys.path[0]}/../lib/share/terms/ucum.csv", encoding="utf-8").read()
    codes = [line.split(",")[0] for line in rows.splitlines()[1:]]
    pairs = to_base(codes)
    script = ("const l=require('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance();"
              "const p=JSON.parse(require('fs').readFileSync(0));"
              "console.log(JSON.stringify(p.map(([f,t])=>{try{return "
              "l.convertUnitTo(f,2.5,t).toVal}catch(e){return null}})))")
    theirs = json.loads(subprocess.run(["node", "-e", script], check=True, text=True,
                                       input=json.dumps(pairs), capture_output=True,
                                       cwd=modules).stdout)
    return judge("ucum-lhc", [(c, o, t) for (c, _, o), t in zip(pairs, theirs)], LHC)


if __name__ == "__main__":
    sys.exit(pint_peer() if sys.argv[1] == "pint" else lhc_peer(sys.argv[2]))
