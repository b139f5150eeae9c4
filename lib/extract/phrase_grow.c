/*
 * The pieces of a place and how they grow together.
 */
#include "extract/phrase_part.h"

#define LINK_WORD 6  /* bytes of a link that is more than a mark of a list */
#define NUMBERED  8  /* of such a list */
#define LINKED    32 /* bytes of such words within a place */
#define NAMED     6  /* characters of a name that no lexicon has */

const struct hit *
phrase_find_at(const struct phrase_finder *x, uint32_t at, enum role role)
{
	const struct hit *h = x->r->hits + reading_first_hit(x->r, at);

	while (!phrase_has_role(x, h, role))
		h++;
	return h;
}

/* The first of the words that begins at the byte, or NULL. */
const char *
phrase_begins(const struct reading *r, uint32_t at, const char *const *words)
{
	struct slice rest =
	    slice_span(r->view.text.p + at, r->view.text.p + r->view.text.n);

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(rest, words[i]))
			return words[i];
	return NULL;
}

/* Ⅰ to Ⅻ, of three bytes. */
static bool
is_roman(const char *p)
{
	return memcmp(p, "\xE2\x85", 2) == 0 && (unsigned char)p[2] >= 0xA0 &&
	    (unsigned char)p[2] <= 0xAB;
}

const struct hit *
phrase_piece_at(const struct phrase_finder *x, uint32_t at)
{
	const struct hit *noun = phrase_word_at(x, at, ROLE_CODE);
	const struct hit *more = phrase_word_at(x, at, ROLE_CHAIN);

	if (noun == NULL || (more != NULL && more->to > noun->to))
		return more;
	return noun;
}

/*
 * "2R、4R、7区", "Ⅱ-Ⅳ区": numbers of stations, listed before the word that says
 * what they number.  Where the list ends; the byte if there is none.
 */
static uint32_t
behind_numbered(const struct phrase_finder *x, uint32_t at)
{
	static const char *const joints[] = { "、", "及", "和", "-", "~", "/",
		"+", NULL };
	static const char *const kinds[] = { "区", "组", "站", NULL };
	const struct slice s = x->r->view.text;
	const char *word;
	uint32_t from = at;

	for (unsigned i = 0; i < NUMBERED; i++) {
		uint32_t begin = at;

		while (at < s.n && strchr("0123456789IVXSRLABCabcrl", s.p[at]))
			at++;
		while (at + PHRASE_HAN <= s.n && is_roman(s.p + at))
			at += PHRASE_HAN;
		while (at < s.n && at > begin && strchr("ABab", s.p[at]))
			at++;
		if (at == begin)
			break;
		if ((word = phrase_begins(x->r, at, kinds)) != NULL) {
			at += (uint32_t)strlen(word);
			if (i > 0 && phrase_begins(x->r, at, joints) == NULL)
				return at;
		}
		if ((word = phrase_begins(x->r, at, joints)) == NULL)
			break;
		at += (uint32_t)strlen(word);
	}
	return from;
}

/* The piece where the phrase ends, or one that overlaps its end: 第5肋, 肋骨. */
static const struct hit *
next_piece(const struct phrase_finder *x, const struct phrase *p)
{
	const struct hit *h = phrase_piece_at(x, p->to);

	for (size_t k = reading_first_hit(x->r, p->to); h == NULL && k-- > 0;) {
		const struct hit *o = &x->r->hits[k];

		if (o->from <= p->from)
			break;
		if (o->to > p->to && phrase_has_role(x, o, ROLE_CODE))
			h = o;
	}
	return h;
}

static bool
is_side(const struct phrase_finder *x, uint32_t at)
{
	static const char *const sides[] = { "左", "右", "双", NULL };

	return phrase_begins(x->r, at, sides) != NULL;
}

/* A blank before a side begins the next place: 左腋窝 左侧锁骨上. */
static bool
begins_anew(const struct phrase_finder *x, uint32_t at)
{
	const struct view *v = &x->r->view;

	return v->gap[at] && !v->spaced && is_side(x, at);
}

/*
 * "[右侧喉返神经]旁淋巴结", "[右颈内静脉]链": what is in no lexicon is of the
 * place all the same.  How far left of the byte, and not left of low, the name
 * begins: at most NAMED characters that no word of the field or cue holds.
 */
uint32_t
phrase_named_before(const struct phrase_finder *x, uint32_t low, uint32_t at)
{
	static const char *const beside[] = { "旁", "周围", "区", "上", "下",
		"深", "浅", "链", "处", "部", "段", "组", NULL };
	static const char *const none[] = { "见", "示", "为", "及", "和", "与",
		"伴", "有", "的", "其", "余", "至", "等", "现", "或", "多",
		"另", "于", "在", "是", "、", "。", "→", NULL };
	const struct reading *r = x->r;
	uint32_t from = at;

	if (at < low + PHRASE_HAN || r->view.gap[at] ||
	    phrase_begins(r, at, beside) == NULL)
		return at;
	for (unsigned i = 0; from >= low + PHRASE_HAN; i++) {
		uint32_t c = from - PHRASE_HAN;

		if (i == NAMED)
			return at;
		if ((unsigned char)r->view.text.p[c] < 0xE3 ||
		    r->view.gap[from] || phrase_begins(r, c, none) != NULL ||
		    phrase_word_at(x, c, ROLE_LINK) != NULL ||
		    phrase_word_at(x, c, ROLE_ANCHOR) != NULL)
			break;
		from = c;
		if (is_side(x, from))
			break;
	}
	return from;
}

/* "右半结肠(肝曲)": pieces in brackets are of the place before them. */
static bool
grow_in_brackets(const struct phrase_finder *x, struct phrase *p)
{
	const struct slice s = x->r->view.text;
	struct phrase inner = { .from = p->to + 1, .to = p->to + 1 };
	const struct hit *piece;

	if (p->to >= s.n || s.p[p->to] != '(')
		return false;
	while ((piece = phrase_piece_at(x, inner.to)) != NULL)
		inner.to = piece->to;
	if (inner.to == inner.from || inner.to >= s.n || s.p[inner.to] != ')')
		return false;
	p->to = inner.to + 1;
	return true;
}

/* "胃窦部[胃壁]增厚": a noun that begins a link tells no other place. */
bool
phrase_is_in_link(const struct phrase_finder *x, const struct hit *noun)
{
	const struct hit *link = phrase_word_at(x, noun->from, ROLE_LINK);

	return link != NULL && link->to > noun->to;
}

/*
 * "鼻咽右侧壁[及顶后壁]": further parts of the same place, where the field lists
 * no places (no such link), and none of the parts is a place by itself.
 */
static bool
grow_on_parts(const struct phrase_finder *x, struct phrase *p)
{
	static const char *const joints[] = { "及", "和", "与", "、", NULL };
	const char *joint = p->to < x->r->view.text.n
	    ? phrase_begins(x->r, p->to, joints)
	    : NULL;
	const struct hit *more;
	uint32_t to, from;

	if (joint == NULL || phrase_word_at(x, p->to, ROLE_LINK) != NULL)
		return false;
	from = to = p->to + (uint32_t)strlen(joint);
	while (phrase_word_at(x, to, ROLE_ANCHOR) == NULL &&
	    phrase_word_at(x, to, ROLE_CODE) == NULL &&
	    (more = phrase_word_at(x, to, ROLE_CHAIN)) != NULL &&
	    !phrase_is_in_link(x, more))
		to = more->to;
	if (to == from ||
	    (phrase_word_at(x, to, ROLE_CODE) != NULL &&
		phrase_word_at(x, to, ROLE_ANCHOR) == NULL))
		return false;
	p->to = to;
	return true;
}

/*
 * Grows a phrase over the pieces that touch.  Once it has a noun it ends where
 * an anchor that holds the organ's name begins (左肺下叶 before 肺癌), or a link
 * that is more than the piece there (中央型, not 中央).
 */
bool
phrase_grow(const struct phrase_finder *x, uint32_t from, struct phrase *p)
{
	const struct hit *piece = NULL;
	uint32_t numbered;
	bool noun = false;

	*p = (struct phrase){ .from = from, .to = from };
	while ((numbered = behind_numbered(x, p->to)) > p->to ||
	    (piece = next_piece(x, p)) != NULL ||
	    (noun && (grow_in_brackets(x, p) || grow_on_parts(x, p)))) {
		const struct hit *link = phrase_word_at(x, p->to, ROLE_LINK);

		if (numbered > p->to) {
			p->to = numbered;
			continue;
		}
		if (piece == NULL)
			continue;
		if (noun &&
		    (phrase_word_at(x, p->to, ROLE_ANCHOR) != NULL ||
			(link != NULL && link->to > piece->to) ||
			begins_anew(x, p->to)))
			break;
		/* "上腹[部左侧]肾上腺": of a region that is none of ours. */
		if (!noun && piece->from > p->from && is_side(x, piece->from))
			p->from = piece->from;
		noun |= phrase_has_role(x, piece, ROLE_CODE) ||
		    phrase_word_at(x, piece->from, ROLE_CODE) != NULL;
		p->to = piece->to;
	}
	return noun;
}

static bool
is_kind(const struct phrase_finder *x, uint32_t from, uint32_t to)
{
	static const char *const kinds[] = { "骨", "脑", NULL };
	const struct hit *noun = phrase_word_at(x, from, ROLE_CODE);

	return noun != NULL && noun->to == to && to - from == PHRASE_HAN &&
	    phrase_begins(x->r, from, kinds) != NULL;
}

/* "右腋窝见转移[淋巴结]": the nodes stand behind what is told of them. */
void
phrase_take_nodes(const struct phrase_finder *x, struct phrase *p)
{
	static const char *const nodes[] = { "淋巴结", NULL };
	const char *text = x->r->view.text.p;
	const struct hit *link = phrase_word_at(x, p->to, ROLE_LINK);
	const struct hit *h =
	    phrase_word_at(x, link != NULL ? link->to : p->to, ROLE_ANCHOR);
	const struct hit *noun;

	if (h == NULL || h->to >= x->r->view.text.n || p->rest != 0 ||
	    phrase_begins(x->r, h->to, nodes) == NULL ||
	    (noun = phrase_word_at(x, h->to, ROLE_CODE)) == NULL ||
	    slice_find(slice_span(text + p->from, text + p->to),
		SLICE("淋巴结")) != NULL)
		return;
	p->rest = h->to;
	p->end = noun->to;
}

/*
 * "双侧颈部[多发]淋巴结", "纵隔[多发肿大]淋巴结": words of links, which are no
 * marks of a list, stand within the place; several only before nodes.  Returns
 * where the whole ends.
 */
uint32_t
phrase_grow_on(const struct phrase_finder *x, struct phrase *p)
{
	static const char *const nodes[] = { "淋巴结", NULL };
	static const char *const sees[] = { "见", NULL };
	const struct hit *link;
	uint32_t at = p->to;
	struct phrase more;

	while (phrase_word_at(x, at, ROLE_CODE) == NULL &&
	    (link = phrase_word_at(x, at, ROLE_LINK)) != NULL &&
	    (link->to - at >= LINK_WORD ||
		phrase_begins(x->r, at, sees) != NULL) &&
	    link->to - p->to < LINKED && x->r->view.text.p[link->to - 1] != ',')
		at = link->to;
	link = phrase_word_at(x, p->to, ROLE_LINK);
	if (at == p->to || phrase_word_at(x, at, ROLE_CODE) == NULL ||
	    phrase_word_at(x, at, ROLE_ANCHOR) != NULL ||
	    (at > link->to && phrase_begins(x->r, at, nodes) == NULL) ||
	    !phrase_grow(x, at, &more) || is_kind(x, more.from, more.to))
		return p->to;
	p->rest = more.from;
	return p->end = more.to;
}

/* "左侧肾盂[内]充盈缺损": where the thing is, not of what it is a part. */
void
phrase_leave_inside(const struct phrase_finder *x, struct phrase *p)
{
	static const char inside[] = "内";
	const uint32_t n = sizeof(inside) - 1;
	const char *p0 = x->r->view.text.p;
	const struct hit *last;

	if (p->to - p->from <= n || memcmp(p0 + p->to - n, inside, n) != 0)
		return;
	last = phrase_word_at(x, p->to - n, ROLE_CHAIN);
	if (last != NULL && last->to == p->to)
		p->to -= n;
}

/* "骶骨[骨]转移": a noun that only says of what kind the place is. */
void
phrase_leave_kind(const struct phrase_finder *x, struct phrase *p)
{
	uint32_t at = p->to < PHRASE_HAN ? 0 : p->to - PHRASE_HAN;

	if (at <= p->from || !is_kind(x, at, p->to))
		return;
	for (size_t k = reading_first_hit(x->r, p->from);
	     k < x->r->nhits && x->r->hits[k].from < at; k++)
		if (phrase_has_role(x, &x->r->hits[k], ROLE_CODE) &&
		    x->r->hits[k].to <= at) {
			p->to = at;
			return;
		}
}
