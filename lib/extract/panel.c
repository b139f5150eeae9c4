#include "extract/panel.h"

#include "base/buf.h"
#include "json/write.h"

#define LONGEST 160 /* bytes from a name to its result */
#define NEAR    36  /* bytes from a result to the share behind it */
#define BESIDE  12  /* bytes from a spelling to the mark that outweighs it */
#define SCORE   200

struct stain { /* a name of the panel in the text */
	uint32_t from, to;
	size_t hit; /* the first of those at this place */
};

enum outcome { OUTCOME_NONE, OUTCOME_PLUS, OUTCOME_MINUS, OUTCOME_BOTH };

struct result {
	enum outcome outcome;
	unsigned pluses; /* 3: "3+" or "+++"; a zero has no outcome */
	bool zero;
	uint32_t from, to;
};

struct panel {
	struct candidates *out;
	const struct reading *r;
	struct slice s;
	struct stain *stains;
	size_t n;
};

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The byte at a place, or 0 outside the text. */
static int
byte_at(const struct panel *p, uint32_t at)
{
	return at < p->s.n ? (unsigned char)p->s.p[at] : 0;
}

/* --- names --------------------------------------------------------------- */

static bool
is_name(const struct panel *p, const struct hit *h)
{
	const struct word *w = reading_word(p->r, h);
	uint32_t to = h->to;

	if (w->role != ROLE_ANCHOR || !p->r->type->fields[w->field].panel)
		return false;
	if (h->from > 0 && is_letter(byte_at(p, h->from)) &&
	    is_digit(byte_at(p, h->from - 1)) && !p->r->view.gap[h->from])
		return false;
	if (!is_digit(byte_at(p, to)) || p->r->view.gap[to])
		return true;
	/* "CD3" is no name in "CD34", nor "CK" in "CK7"; "ER80%" holds one. */
	if (is_digit(byte_at(p, to - 1)))
		return false;
	while (is_digit(byte_at(p, to)) || byte_at(p, to) == '.')
		to++;
	return !is_letter(byte_at(p, h->to - 1)) || byte_at(p, to) == '%';
}

/* The longest name at each place: CK5/6, not CK5. */
static void
find_names(struct panel *p)
{
	p->stains =
	    arena_alloc(p->r->arena, (p->r->nhits + 1) * sizeof(*p->stains));
	for (size_t i = 0; i < p->r->nhits; i++) {
		const struct hit *h = &p->r->hits[i];

		if ((p->n == 0 || h->from >= p->stains[p->n - 1].to) &&
		    is_name(p, h))
			p->stains[p->n++] = (struct stain){ h->from, h->to, i };
	}
}

/* --- what stands behind a name ------------------------------------------- */

static const char *
begins(const struct panel *p, uint32_t at, const char *const *words)
{
	struct slice rest = { p->s.p + at, p->s.n - at };

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(rest, words[i]))
			return words[i];
	return NULL;
}

/* Where what is said of a name ends at the latest. */
static uint32_t
end_of(const struct panel *p, size_t i)
{
	static const char *const ends[] = { "。", ";", "\n", "对照", "建议",
		"未做", "未查", "未检测", "待", "已申请", "另报", NULL };
	static const char *const found[] = { "未检测到", "未查见", NULL };
	uint32_t at = p->stains[i].to, limit = at + LONGEST;

	if (i + 1 < p->n && p->stains[i + 1].from < limit)
		limit = p->stains[i + 1].from;
	if (limit > p->s.n)
		limit = (uint32_t)p->s.n;
	while (at < limit &&
	    (begins(p, at, ends) == NULL || begins(p, at, found) != NULL))
		at++;
	return at;
}

/* "(SP1)", "(8G7G3/1)", "(克隆号SP263)": its end, or where it began. */
static uint32_t
skip_clone(const struct panel *p, uint32_t from, uint32_t to)
{
	static const char *const clone[] = { "克隆", "抗体", NULL };
	uint32_t at = from + 1;
	bool letter = false;

	if (byte_at(p, from) != '(')
		return from;
	if (begins(p, at, clone) != NULL) {
		while (at < to && byte_at(p, at) != ')')
			at++;
		return at < to ? at + 1 : from;
	}
	for (; at < to && byte_at(p, at) != ')'; at++) {
		int c = byte_at(p, at);

		if (!is_letter(c) && !is_digit(c) && c != '/' && c != '-' &&
		    c != ' ' && c != '.' && c != '#')
			return from;
		letter |= is_letter(c);
	}
	return at < to && letter ? at + 1 : from;
}

static bool
is_wordy(int c)
{
	return is_letter(c) || is_digit(c) || c == '%' || c == '.';
}

/* "+", "2+", "+++", "+/-". */
static void
pluses(const struct panel *p, uint32_t at, struct result *out)
{
	uint32_t from = at;

	while (byte_at(p, at) == '+')
		at++;
	*out = (struct result){ OUTCOME_PLUS, at - from, false, from, at };
	if (at - from == 1 && is_digit(byte_at(p, from - 1)) &&
	    !is_digit(byte_at(p, from - 2)) && byte_at(p, from - 2) != '.') {
		out->pluses = (unsigned)(byte_at(p, from - 1) - '0');
		out->from--;
	}
	if ((byte_at(p, at) == '/' || byte_at(p, at) == '~') &&
	    byte_at(p, at + 1) == '-') {
		out->outcome = OUTCOME_BOTH;
		out->to = at + 2;
	}
}

/* "中-强": the dash of a range of strengths. */
static bool
is_between_words(const struct panel *p, uint32_t at)
{
	return byte_at(p, at - 1) >= 0x80 && byte_at(p, at + 1) >= 0xE4;
}

/* "-", "-/+"; not the dash of "19-del", of "1%-10%" nor of "中-强". */
static bool
minus(const struct panel *p, uint32_t at, struct result *out)
{
	if (is_between_words(p, at))
		return false;
	if (is_wordy(byte_at(p, at - 1)) && at > out->from &&
	    !p->r->view.gap[at])
		return false;
	if (is_digit(byte_at(p, at + 1)))
		return false;
	*out = (struct result){ OUTCOME_MINUS, 0, false, at, at + 1 };
	if ((byte_at(p, at + 1) == '/' || byte_at(p, at + 1) == '~') &&
	    byte_at(p, at + 2) == '+') {
		out->outcome = OUTCOME_BOTH;
		out->to = at + 3;
	}
	return true;
}

/* "阳性(3+)": the score behind the word says how much. */
static void
take_score(const struct panel *p, struct result *out)
{
	uint32_t at = out->to;
	struct result score;

	if (byte_at(p, at) != '(' && byte_at(p, at) != ',')
		return;
	at++;
	while (is_digit(byte_at(p, at)))
		at++;
	if (byte_at(p, at) != '+' || at > out->to + 2)
		return;
	pluses(p, at, &score);
	if (score.outcome != OUTCOME_PLUS)
		return;
	out->pluses = score.pluses;
	out->to = score.to;
}

static bool
spelled(const struct panel *p, uint32_t at, struct result *out)
{
	static const char *const plus[] = { "阳性", "表达(+)", NULL };
	static const char *const less[] = { "阴性", "表达缺失", "蛋白缺失",
		"缺失表达", "不表达", "未见表达", "无表达", "未表达", NULL };
	const char *word = begins(p, at, plus);
	enum outcome outcome = OUTCOME_PLUS;

	if (word == NULL) {
		word = begins(p, at, less);
		outcome = OUTCOME_MINUS;
	}
	if (word == NULL)
		return false;
	*out = (struct result){ outcome, 1, false, at,
		at + (uint32_t)strlen(word) };
	if (outcome == OUTCOME_PLUS)
		take_score(p, out);
	return true;
}

/* "(强,95%)": a strength is a result where no sign is. */
static bool
strength(const struct panel *p, uint32_t at, struct result *out)
{
	static const char *const words[] = { "(强", "(中", "(弱", NULL };
	const char *word = begins(p, at, words);

	if (word == NULL)
		return false;
	*out = (struct result){ OUTCOME_PLUS, 0, false, at + 1,
		at + (uint32_t)strlen(word) };
	return true;
}

/* The first result of [from,to); a lone zero is one of scores only. */
static struct result
read_result(const struct panel *p, uint32_t from, uint32_t to)
{
	struct result out = { .from = from };

	for (uint32_t at = from; at < to; at++) {
		int c = byte_at(p, at);

		if (c == '+') {
			pluses(p, at, &out);
			return out;
		}
		if (c == '-' && minus(p, at, &out))
			return out;
		if (c == 0xC2 && byte_at(p, at + 1) == 0xB1) {
			out = (struct result){ OUTCOME_BOTH, 0, false, at,
				at + 2 };
			return out;
		}
		if (c >= 0xE0 && spelled(p, at, &out))
			return out;
		if (c == '0' && !is_wordy(byte_at(p, at + 1)) &&
		    byte_at(p, at + 1) != '+' && at <= from + 1) {
			out = (struct result){ OUTCOME_NONE, 0, true, at,
				at + 1 };
			return out;
		}
	}
	strength(p, from, &out);
	return out;
}

/* "阳性：CK7、TTF-1": what is said before a list that nothing follows. */
static struct result
read_before(const struct panel *p, uint32_t at)
{
	static const struct {
		const char *word;
		enum outcome outcome;
	} heads[] = { { "阳性", OUTCOME_PLUS }, { "(+)", OUTCOME_PLUS },
		{ "阴性", OUTCOME_MINUS }, { "(-)", OUTCOME_MINUS } };
	struct result out = { 0 };

	if (at == 0 || byte_at(p, at - 1) != ':')
		return out;
	at--;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		uint32_t n = (uint32_t)strlen(heads[i].word);

		if (at >= n && memcmp(p->s.p + at - n, heads[i].word, n) == 0)
			out = (struct result){ heads[i].outcome, 1, false,
				at - n, at };
	}
	return out;
}

/* Whether only signs of a list stand between two places. */
static bool
is_list(const struct panel *p, uint32_t from, uint32_t to)
{
	static const char *const signs[] = { "、", ",", "/", " ", "及", "和",
		"与", "以及", NULL };
	const char *word;

	while (from < to && (word = begins(p, from, signs)) != NULL)
		from += (uint32_t)strlen(word);
	return from == to;
}

/* --- values -------------------------------------------------------------- */

/* The spelling of one of the field's codes in [from,to), or NULL. */
static const struct hit *
code_between(const struct panel *p, uint32_t field, uint32_t from, uint32_t to,
    size_t hit)
{
	for (size_t i = hit; i < p->r->nhits && p->r->hits[i].from < to; i++) {
		const struct hit *h = &p->r->hits[i];
		const struct word *w = reading_word(p->r, h);

		/* The code itself is a sign, which read_result has read. */
		if (w->role == ROLE_CODE && w->field == field && h->to > from &&
		    h->to <= to &&
		    h->to - h->from >
			p->r->type->fields[field].codes[w->value].code.n)
			return h;
	}
	return NULL;
}

/* The end of a word in what is said that keeps the field off; 0: none does. */
static uint32_t
kept_off(const struct panel *p, uint32_t field, size_t hit, uint32_t to)
{
	for (size_t i = hit; i < p->r->nhits && p->r->hits[i].from < to; i++) {
		const struct word *w = reading_word(p->r, &p->r->hits[i]);

		if (w->role == ROLE_NEVER && w->field == field)
			return p->r->hits[i].to;
	}
	return 0;
}

static bool
has_code(const struct field *f, const char *code)
{
	for (size_t i = 0; i < f->ncodes; i++)
		if (slice_is(f->codes[i].code, code))
			return true;
	return false;
}

/* The result as the field writes it; n 0 where it has no such. */
static struct slice
mark_of(const struct panel *p, const struct field *f, const struct result *m)
{
	static const char *const signs[] = { "", "+", "-", "±" };
	const char *code = signs[m->outcome];

	if (has_code(f, "2+")) {
		code = m->outcome == OUTCOME_MINUS ? "0"
		    : m->zero                      ? "0"
		    : m->outcome == OUTCOME_NONE
		    ? ""
		    : arena_printf(p->r->arena, "%u+", m->pluses);
		if (!has_code(f, code))
			code = "";
	} else if (m->zero) {
		code = "-";
	}
	return slice_of(code);
}

static struct slice
quoted(const struct panel *p, struct slice s)
{
	struct buf b = { 0 };
	struct slice out;

	json_put_string(&b, s);
	out = arena_slice(p->r->arena, buf_slice(&b));
	buf_release(&b);
	return out;
}

static void
put(const struct panel *p, const struct hit *name, struct slice value,
    uint32_t from, uint32_t to, const struct measure *m)
{
	const struct word *w = reading_word(p->r, name);
	struct candidate *k =
	    candidate_add(p->out, p->r, w->field, from, to, SCORE);

	if (k == NULL)
		return;
	/* The mark denies, not the words around it. */
	k->context &= ~(1u << CUE_NEGATED | 1u << CUE_UNCERTAIN);
	k->rule = w->value;
	k->value = value;
	k->measure = m;
}

static void
mark(const struct panel *p, const struct hit *name, const struct stain *of,
    const struct stain *last, uint32_t end, const struct result *m)
{
	uint32_t field = reading_word(p->r, name)->field;
	const struct field *f = &p->r->type->fields[field];
	const struct hit *code = f->ncodes == 0
	    ? NULL
	    : code_between(p, field, last->from, end, last->hit);
	struct slice value = mark_of(p, f, m);
	uint32_t from = of->from < m->from ? of->from : m->from, to = m->to;
	uint32_t never = kept_off(p, field, last->hit, end);

	/* "突变检测" alone is no result; "突变检测:阳性" is the sign's. */
	if (never != 0 && (value.n == 0 || m->from < never))
		return;
	if (code != NULL && never == 0 &&
	    !(value.n > 0 && m->from >= code->from &&
		m->from < code->to + BESIDE)) {
		value = f->codes[reading_word(p->r, code)->value].code;
		from = of->from;
		to = code->to > of->to ? code->to : of->to;
	}
	if (value.n > 0)
		put(p, name, quoted(p, value), from, to > of->to ? to : of->to,
		    NULL);
}

static const struct measure *
first_measure(const struct panel *p, uint32_t at)
{
	size_t low = 0, high = p->r->nmeasures;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (p->r->measures[mid].from < at)
			low = mid + 1;
		else
			high = mid;
	}
	return p->r->measures + low;
}

/* The share that stands before the end of what is said of the name. */
static void
share(const struct panel *p, const struct hit *name, const struct stain *of,
    const struct stain *last, uint32_t end, const struct result *m)
{
	const struct field *f =
	    &p->r->type->fields[reading_word(p->r, name)->field];
	const struct measure *v = first_measure(p, last->to);

	if (m->outcome != OUTCOME_NONE && end > m->to + NEAR)
		end = m->to + NEAR;
	for (; v < p->r->measures + p->r->nmeasures && v->from < end; v++) {
		bool outside;
		struct slice value =
		    candidate_value(f, v, p->r->arena, &outside);

		if (value.n == 0 || outside)
			continue;
		put(p, name, value, of->from, v->to, v);
		return;
	}
}

/* The results of the names [first,last], which are listed together. */
static void
list(struct panel *p, size_t first, size_t last)
{
	const struct stain *at = &p->stains[last];
	uint32_t end = end_of(p, last);
	struct result m = read_result(p, skip_clone(p, at->to, end), end);

	if (m.outcome == OUTCOME_NONE && !m.zero)
		m = read_before(p, p->stains[first].from);
	for (size_t i = first; i <= last; i++) {
		const struct stain *s = &p->stains[i];

		for (size_t k = s->hit;
		     k < p->r->nhits && p->r->hits[k].from == s->from; k++) {
			const struct hit *h = &p->r->hits[k];

			if (h->to != s->to || !is_name(p, h))
				continue;
			if (p->r->type->fields[reading_word(p->r, h)->field]
				.d->type == TYPE_MARK)
				mark(p, h, s, at, end, &m);
			else
				share(p, h, s, at, end, &m);
		}
	}
}

void
panel_find(struct candidates *out, const struct reading *r)
{
	struct panel p = { .out = out, .r = r, .s = r->view.text };
	size_t first = 0;

	find_names(&p);
	for (size_t i = 0; i < p.n; i++) {
		uint32_t to = p.stains[i].to;

		if (i + 1 < p.n &&
		    is_list(&p, skip_clone(&p, to, p.stains[i + 1].from),
			p.stains[i + 1].from))
			continue;
		list(&p, first, i);
		first = i + 1;
	}
}
