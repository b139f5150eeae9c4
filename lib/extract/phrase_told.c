/*
 * What is said of a place: how it is announced, and what keeps it off.
 */
#include "extract/organ.h"
#include "extract/phrase_part.h"

#define STEPS        64  /* words between a phrase and its anchor */
#define FILLER       120 /* bytes between a phrase and a weak word */
#define BRACKET      60  /* bytes of what is told of a place in brackets */
#define LONGEST_WORD 96  /* bytes of an anchor */
#define FORM         4   /* characters of a word for the form of a thing */
#define ASKED        18  /* bytes from a question mark to what it asks */
#define BACK         3   /* sentences that 二者 may refer back over */

/* ",?原位腺癌": a question mark begins the clause of the words. */
static bool
is_asked(const struct view *v, uint32_t from)
{
	const char *p = v->text.p;
	uint32_t low = from < ASKED ? 0 : from - ASKED;

	while (from >= low + PHRASE_HAN &&
	    (unsigned char)p[from - PHRASE_HAN] >= 0xE4)
		from -= PHRASE_HAN;
	return from > 0 && p[from - 1] == '?' &&
	    (from == 1 || v->gap[from - 1] ||
		strchr(",;:(\n", p[from - 2]) != NULL);
}

/* "非转移瘤" is none, nor does "乳腺癌转移" tell of the breast. */
bool
phrase_holds(const struct phrase_finder *x, uint32_t from, uint32_t to)
{
	const struct reading *r = x->r;
	static const char not [] = "非";
	const size_t n = sizeof(not ) - 1;

	return !(from >= n && memcmp(r->view.text.p + from - n, not, n) == 0) &&
	    !is_asked(&r->view, from) &&
	    phrase_word_at(x, to, ROLE_NEVER) == NULL &&
	    (reading_context(r, from, to) & x->bad) == 0;
}

/* "淋巴结转移(活检鳞癌)": what the brackets tell is of the word before them. */
static bool
is_in_brackets_of_never(const struct phrase_finder *x, uint32_t at)
{
	const struct view *v = &x->r->view;
	uint32_t low = at < BRACKET ? 0 : at - BRACKET;

	if ((x->any >> ROLE_NEVER & 1) == 0)
		return false;
	while (at > low && v->text.p[at - 1] != '(' && v->text.p[at - 1] != ')')
		at--;
	if (at <= low || v->text.p[--at] != '(')
		return false;
	for (size_t k =
		 reading_first_hit(x->r, at < BRACKET ? 0 : at - BRACKET);
	     k < x->r->nhits && x->r->hits[k].from < at; k++)
		if (x->r->hits[k].to == at &&
		    phrase_has_role(x, &x->r->hits[k], ROLE_NEVER))
			return true;
	return false;
}

bool
phrase_anchor_holds(const struct phrase_finder *x, const struct hit *h)
{
	return phrase_holds(x, h->from, h->to) &&
	    !is_in_brackets_of_never(x, h->from);
}

/* Where a bracket that begins at the byte ends, if it is short; else the byte. */
static uint32_t
behind_brackets(const struct phrase_finder *x, uint32_t at)
{
	const struct slice s = x->r->view.text;
	const char *end;

	if (at >= s.n || s.p[at] != '(')
		return at;
	end = memchr(
	    s.p + at, ')', s.n - at < BRACKET ? s.n - at : (size_t)BRACKET);
	return end == NULL ? at : (uint32_t)(end + 1 - s.p);
}

/*
 * "卵巢[囊]腺癌": whether an anchor begins there that names no organ, so that
 * what stands before it is the rest of its name.
 */
static bool
names_form(const struct phrase_finder *x, uint32_t at)
{
	const struct hit *h = phrase_word_at(x, at, ROLE_ANCHOR);
	const char *p = x->r->view.text.p;

	return h != NULL && (x->r->view.spaced || !x->r->view.gap[at]) &&
	    organs_in(slice_span(p + h->from, p + h->to)) == 0;
}

/* "双肺[粟粒样]转移": a word for the form, told by how it ends. */
static uint32_t
behind_form(const struct phrase_finder *x, uint32_t at)
{
	static const char *const ends[] = { "样", "状", "性", "型", "级",
		NULL };
	static const char *const none[] = { "见", "示", "为", "及", "和", "与",
		"无", "未", "有", "的", "可", "疑", "似", "镜", "癌", "瘤",
		NULL };
	const struct slice s = x->r->view.text;
	uint32_t to = at;

	for (unsigned i = 0; i < FORM && to + PHRASE_HAN <= s.n &&
	     (unsigned char)s.p[to] >= 0xE3 &&
	     phrase_begins(x->r, to, none) == NULL &&
	     (x->roles[to] & (1u << ROLE_NEVER | 1u << ROLE_CODE)) == 0;
	     i++) {
		if (i > 0 && names_form(x, to))
			return to;
		if (i > 0 && phrase_begins(x->r, to, ends) != NULL)
			return to + PHRASE_HAN;
		to += PHRASE_HAN;
	}
	return at;
}

/* The same of a measure, 肝S6结节,大小[1.2cm],转移, or a form. */
static uint32_t
behind_aside(const struct phrase_finder *x, uint32_t at)
{
	size_t i = reading_first_measure(x->r, at + 1);

	if (i > 0 && x->r->measures[i - 1].to > at)
		return x->r->measures[i - 1].to;
	at = behind_form(x, at);
	return behind_brackets(x, at);
}

/*
 * ",伴肺转移": behind a comma, and a word that goes on to the next thing, a place
 * begins a statement of its own.
 */
static bool
begins_statement(const struct phrase_finder *x, uint32_t at)
{
	static const struct slice words[] = { SPELT("伴有"), SPELT("伴"),
		SPELT("合并"), SPELT("并有"), SPELT("并"), SPELT("同时"),
		SPELT("另"), SPELT("符合"), SPELT_END };
	const char *p = x->r->view.text.p;

	at -= (uint32_t)slice_ends_in(p, at, words);
	return at > 0 && p[at - 1] == ',';
}

/* Whether nothing but links and other places stands before an anchor. */
static bool
walks_to_anchor(const struct phrase_finder *x, uint32_t at)
{
	for (unsigned i = 0; i < STEPS; i++) {
		const struct hit *h, *piece;
		uint32_t to;

		h = phrase_word_at(x, at, ROLE_ANCHOR);
		/* "胸骨柄:转移" */
		if (h == NULL && i == 0 && at < x->r->view.text.n &&
		    x->r->view.text.p[at] == ':')
			h = phrase_word_at(x, at + 1, ROLE_ANCHOR);
		if (h != NULL)
			return phrase_holds(x, h->from, h->to);
		h = phrase_word_at(x, at, ROLE_LINK);
		piece = phrase_piece_at(x, at);
		if (h == NULL || (piece != NULL && piece->to > h->to))
			h = piece;
		if (i > 0 && h != NULL && h == piece && begins_statement(x, at))
			return false;
		to = h == NULL ? behind_aside(x, at) : h->to;
		if (to == at)
			return false;
		at = to;
	}
	return false;
}

/* "直肠[(距肛缘8cm)]癌" */
static bool
leads_to_anchor(const struct phrase_finder *x, uint32_t at)
{
	uint32_t behind = behind_brackets(x, at);

	return walks_to_anchor(x, at) ||
	    (behind > at && walks_to_anchor(x, behind));
}

/* "肺癌", from "肺" on: an anchor that begins in the phrase ends behind it. */
static bool
lies_in_anchor(
    const struct phrase_finder *x, uint32_t from, const struct phrase *p)
{
	const struct reading *r = x->r;

	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].from < p->to; k++)
		if (phrase_has_role(x, &r->hits[k], ROLE_ANCHOR) &&
		    r->hits[k].to > p->to &&
		    phrase_holds(x, r->hits[k].from, r->hits[k].to))
			return true;
	return false;
}

/* "肝内胆管细胞癌": all of it is the name of what is there, not where. */
static bool
begins_anchor(const struct phrase_finder *x, const struct phrase *p)
{
	const struct hit *h = phrase_word_at(x, p->from, ROLE_ANCHOR);

	return h != NULL && h->to > p->to;
}

/* Whether a word of the role ends at the byte, within its clause. */
static bool
follows(const struct phrase_finder *x, uint32_t at, enum role role)
{
	const struct clause *c = reading_clause(x->r, at);

	if ((x->any >> role & 1) == 0)
		return false;
	for (size_t k = c->hit; k < c->hits_end && x->r->hits[k].from < at; k++)
		if (x->r->hits[k].to == at &&
		    phrase_has_role(x, &x->r->hits[k], role))
			return true;
	return false;
}

/* Whether a word that announces what follows it ends at the byte. */
bool
phrase_follows_strong(const struct phrase_finder *x, uint32_t at)
{
	return follows(x, at, ROLE_STRONG) && !follows(x, at, ROLE_NEVER);
}

/*
 * "肝(+)、肺(-)": whether a place goes on with a list that ended before; behind a
 * semicolon it does if it has a mark, too ("肝:有;骨:有").
 */
bool
phrase_goes_on_list(
    const struct phrase_finder *x, uint32_t end, const struct place *next)
{
	const struct slice s = x->r->view.text;
	const struct hit *link;

	if (reading_mark(x->r, end) != 0) {
		while (end < next->from && strchr(":+-", s.p[end]) != NULL)
			end++;
		end = behind_brackets(x, end);
		if (end < next->from && strchr(",;", s.p[end]) != NULL)
			return end + 1 == next->from &&
			    reading_mark(x->r, next->end) != 0;
	}
	link = end < s.n ? phrase_word_at(x, end, ROLE_LINK) : NULL;
	return link != NULL && link->to == next->from;
}

/* "RCC,右肾中部": what tells of it stands directly before. */
static bool
follows_anchor(const struct phrase_finder *x, uint32_t at)
{
	const struct reading *r = x->r;
	uint32_t low = at < LONGEST_WORD ? 0 : at - LONGEST_WORD;

	for (size_t k = reading_first_hit(r, low);
	     k < r->nhits && r->hits[k].from < at; k++)
		if (phrase_has_role(x, &r->hits[k], ROLE_ANCHOR) &&
		    phrase_holds(x, r->hits[k].from, r->hits[k].to) &&
		    (r->hits[k].to == at ||
			(r->hits[k].to + 1 == at &&
			    strchr(",:(", r->view.text.p[at - 1]) != NULL)))
			return true;
	return false;
}

/* "距乳头4cm", "侵犯邻近肝S5": a place that the thing is beside. */
bool
phrase_is_beside(const struct phrase_finder *x, uint32_t at)
{
	static const struct slice words[] = { SPELT("距"), SPELT("距离"),
		SPELT("侵犯"), SPELT("累及"), SPELT("侵及"), SPELT("侵入"),
		SPELT("压迫"), SPELT("推压"), SPELT("推移"), SPELT("包绕"),
		SPELT("包埋"), SPELT("紧邻"), SPELT("邻近"), SPELT("毗邻"),
		SPELT("突入"), SPELT("突向"), SPELT("达"), SPELT("大者位于"),
		SPELT("大者在"), SPELT_END };

	return slice_ends_in(x->r->view.text.p, at, words) > 0;
}

/*
 * "左顶叶[、右枕叶及小脑]多发结节": where the list of places behind one ends that
 * holds another; 0 where the field lists none, or this is no list.
 */
static uint32_t
end_of_listed(const struct phrase_finder *x, uint32_t at, uint32_t other)
{
	static const char *const joints[] = { "、", "及", "和", "与", NULL };
	const char *joint;
	struct phrase next;

	while ((joint = phrase_begins(x->r, at, joints)) != NULL &&
	    phrase_word_at(x, at, ROLE_LINK) != NULL &&
	    phrase_grow(x, at + (uint32_t)strlen(joint), &next)) {
		at = next.to;
		if (at > other)
			return at;
	}
	return 0;
}

/* Whether a weak word comes in the clause before another place of no list. */
static bool
leads_to_weak(const struct phrase_finder *x, const struct phrase *p)
{
	const struct clause *c = reading_clause(x->r, p->from);
	uint32_t listed = 0;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];

		if (h->from < p->to)
			continue;
		if (h->from - p->to > FILLER ||
		    phrase_has_role(x, h, ROLE_NEVER))
			return false;
		if (phrase_has_role(x, h, ROLE_CODE) && h->from >= listed &&
		    !phrase_is_beside(x, h->from) && !phrase_is_in_link(x, h)) {
			listed = end_of_listed(x, p->to, h->from);
			if (listed == 0)
				return false;
		}
		if (phrase_has_role(x, h, ROLE_WEAK) &&
		    phrase_holds(x, h->from, h->to))
			return true;
	}
	return false;
}

bool
phrase_is_never(const struct phrase_finder *x, const struct phrase *p)
{
	const struct hit *h = phrase_word_at(x, p->to, ROLE_NEVER);

	return h != NULL;
}

/*
 * "左侧胸膜增厚,符合左侧胸膜转移": elsewhere the same place stands before a word
 * that keeps the field off.
 */
bool
phrase_is_said_never(const struct phrase_finder *x, const struct phrase *p)
{
	const struct reading *r = x->r;
	const uint32_t n = p->to - p->from;

	if ((x->any >> ROLE_NEVER & 1) == 0)
		return false;
	for (size_t k = 0; k < r->nhits; k++)
		if (phrase_has_role(x, &r->hits[k], ROLE_NEVER) &&
		    r->hits[k].from >= n &&
		    memcmp(r->view.text.p + r->hits[k].from - n,
			r->view.text.p + p->from, n) == 0)
			return true;
	return false;
}

/*
 * "右肺结节,为转移瘤": what is announced there is told to be what keeps the field
 * off, before another place is named and not besides.
 */
bool
phrase_is_told_other(const struct phrase_finder *x, const struct phrase *p)
{
	static const char *const besides[] = { "伴", "并", "及", "和", "与",
		"、", "未", "无", "非", "有", "见", "排除", NULL };
	const struct reading *r = x->r;
	const uint32_t sentence = reading_clause(r, p->from)->sentence;

	for (size_t k = reading_first_hit(r, p->to);
	     k < r->nhits && r->hits[k].from - p->to <= FILLER; k++) {
		const struct hit *h = &r->hits[k];
		struct slice between = slice_span(
		    r->view.text.p + p->to, r->view.text.p + h->from);

		if (reading_clause(r, h->from)->sentence != sentence ||
		    phrase_has_role(x, h, ROLE_CODE))
			return false;
		if (!phrase_has_role(x, h, ROLE_NEVER))
			continue;
		for (size_t i = 0; besides[i] != NULL; i++)
			if (slice_find(between, slice_of(besides[i])) != NULL)
				return false;
		return true;
	}
	return false;
}

/* "二者均为转移瘤": an anchor that is said of what stands before its sentence. */
static bool
refers_back(const struct phrase_finder *x, const struct clause *c)
{
	static const char *const words[] = { "二者", "两者", "三者", "上述",
		"以上", "前述", NULL };
	struct slice s =
	    slice_span(x->r->view.text.p + c->from, x->r->view.text.p + c->to);

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_find(s, slice_of(words[i])) != NULL)
			return true;
	return false;
}

/* "部位:肝S6;大小:2cm[;性质:转移瘤]": behind a semicolon, of no place of its own. */
static bool
goes_on(const struct phrase_finder *x, const struct clause *c)
{
	if (c->from == 0 || x->r->view.text.p[c->from - 1] != ';')
		return false;
	for (size_t k = c->hit; k < c->hits_end; k++)
		if (phrase_has_role(x, &x->r->hits[k], ROLE_CODE))
			return false;
	return true;
}

/* Whether an anchor stands in the sentence of the byte, or refers back to it. */
bool
phrase_has_anchor_near(const struct phrase_finder *x, uint32_t at)
{
	const struct reading *r = x->r;
	const struct clause *c = reading_clause(r, at);
	const struct clause *first = c, *last = c;

	while (first > r->clauses && first[-1].sentence == c->sentence)
		first--;
	while (last + 1 < r->clauses + r->nclauses &&
	    last[1].sentence == c->sentence)
		last++;
	while (last + 1 < r->clauses + r->nclauses && goes_on(x, last + 1))
		last++;
	for (size_t k = first->hit; k < last->hits_end; k++)
		if (phrase_is_anchor(x, &r->hits[k]))
			return true;
	while (last + 1 < r->clauses + r->nclauses &&
	    last[1].sentence <= c->sentence + BACK)
		last++;
	for (size_t k = c->hits_end; k < last->hits_end; k++)
		if (phrase_is_anchor(x, &r->hits[k]) &&
		    refers_back(x, reading_clause(r, r->hits[k].from)))
			return true;
	return false;
}

/*
 * "转移性[肾]癌" tells where it came from, and "[T4]aN2M1" is no vertebra: places
 * in a name that are not where the thing is.
 */
static bool
is_origin(const struct phrase_finder *x, uint32_t from)
{
	static const struct slice words[] = { SPELT("转移性"), SPELT("转移"),
		SPELT_END };
	const char *p = x->r->view.text.p;

	return (signed char)p[from] >= 0 || slice_ends_in(p, from, words) > 0;
}

bool
phrase_is_announced(const struct phrase_finder *x, const struct phrase *p,
    uint32_t end, enum announced how, bool led)
{
	switch (how) {
	case BY_ANCHOR:
		/* "升结肠癌": "结肠癌" does not say all of it. */
		return led || leads_to_anchor(x, end) ||
		    (!begins_anchor(x, p) && lies_in_anchor(x, p->from + 1, p));
	case BY_WEAK_WORD:
		return leads_to_weak(x, p) || follows(x, p->from, ROLE_WEAK);
	case BEHIND_ANCHOR:
		return follows_anchor(x, p->from);
	default:
		return !is_origin(x, p->from) && lies_in_anchor(x, p->from, p);
	}
}
