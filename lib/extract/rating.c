#include "extract/rating.h"

#define LISTED 48 /* names that one rating is said of */
#define CELLS  8  /* columns of a table of ratings */

struct token {
	uint32_t from, to;
	bool name;
	enum rating rating; /* of one that is no name */
};

/* How two tokens stand to each other, by the text between them. */
enum link { TOUCHES, LISTS, PARTS };

struct rater {
	struct finder *x;
	uint32_t field;
	struct token *list;
	size_t n;
	const struct token *waiting[LISTED]; /* names without a rating */
	size_t nwaiting;
};

static struct slice
behind(const struct rater *t, uint32_t at)
{
	const struct slice s = t->x->r->view.text;

	return slice_span(s.p + at, s.p + s.n);
}

/* The word of the list that a text begins with, or n 0. */
static struct slice
begins_with(struct slice s, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(s, words[i]))
			return slice_of(words[i]);
	return SLICE("");
}

/* The names and ratings of the text: of those that overlap the first. */
static bool
find_tokens(struct rater *t)
{
	const struct reading *r = t->x->r;
	bool told = false;

	t->list = arena_alloc(r->arena, (r->nhits + 1) * sizeof(*t->list));
	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);

		if ((w->role != ROLE_RATED && w->role != ROLE_RATING) ||
		    w->field != t->field ||
		    (t->n > 0 && h->from < t->list[t->n - 1].to))
			continue;
		told |= w->role == ROLE_RATING &&
		    (w->value == RATING_COUNTS || w->value == RATING_PREFIX);
		t->list[t->n++] = (struct token){ h->from, h->to,
			w->role == ROLE_RATED, (enum rating)w->value };
	}
	return told;
}

/* --- between tokens ------------------------------------------------------ */

/* "(MIC 8)", "(诱导型)": the end of brackets that hold no token; else 0. */
static uint32_t
aside_end(const struct rater *t, uint32_t at, uint32_t to)
{
	const char *p = t->x->r->view.text.p;

	if (p[at] != '(')
		return 0;
	while (at < to && p[at] != ')' && p[at] != '\n')
		at++;
	return at < to && p[at] == ')' ? at + 1 : 0;
}

/*
 * What stands between a name and the next token: a value (≥64, 0.5ug/ml), an
 * aside, words that only say that a rating follows.
 */
static enum link
between(const struct rater *t, uint32_t from, uint32_t to, bool *measured)
{
	static const char *const joins[] = { "、", "以及", "和", "及", "与",
		"或", ",", "/", NULL };
	static const char *const fillers[] = { "≤", "≥", "≦", "≧", "<", ">",
		"=", ":", "|", "(", ")", "[", "]", "-", "—", "~", " ", "\t",
		"MIC", "KB", "SIR", "结果", "μg", "µg", "ug", "mg", "ml", "mL",
		"L", "mm", "均", "都", "呈", "为", "亦", "也", "仍", "皆", "则",
		"全部", "表现", "提示", "示", "判读", "判定", "药敏", "值", "%",
		".", "对", NULL };
	enum link link = TOUCHES;

	*measured = false;
	while (from < to) {
		struct slice s = slice_span(
		    t->x->r->view.text.p + from, t->x->r->view.text.p + to);
		uint32_t end = aside_end(t, from, to);
		size_t n;

		if (end != 0) {
			from = end;
			continue;
		}
		if (*s.p >= '0' && *s.p <= '9') {
			*measured = true;
			from++;
			continue;
		}
		n = begins_with(s, joins).n;
		/* "4/8" is one value. */
		if (n > 0 && !(*s.p == '/' && *measured))
			link = LISTS;
		else if (n == 0)
			n = begins_with(s, fillers).n;
		if (n == 0)
			return PARTS;
		from += (uint32_t)n;
	}
	return link;
}

/* --- candidates ---------------------------------------------------------- */

static struct candidate *
tell(struct rater *t, uint32_t from, uint32_t to, int score)
{
	struct candidate *k;

	if (!finder_standing_at(t->x, &t->x->r->type->fields[t->field],
		reading_clause(t->x->r, from), from, to))
		return NULL;
	k = finder_add(t->x, t->field, from, to, score);
	if (k != NULL)
		k->value = finder_written(t->x, from, to);
	return k;
}

/* "(VRE)". */
static bool
is_acronym(struct slice s)
{
	size_t n = 1;

	while (n < s.n && s.p[n] >= 'A' && s.p[n] <= 'Z')
		n++;
	return n > 3 && n < s.n && s.p[0] == '(' && s.p[n] == ')';
}

/*
 * "碳青霉烯类耐药[的]肺炎克雷伯菌", "万古霉素耐药(VRE)": the rating is part of a
 * name for a kind.
 */
static bool
is_epithet(const struct rater *t, const struct token *rating)
{
	const struct reading *r = t->x->r;
	const struct field *f = &r->type->fields[t->field];
	uint32_t at = rating->to;
	struct slice rest = behind(t, at);

	if (is_acronym(rest))
		return true;
	if (slice_starts(rest, "的"))
		at += 3;
	for (size_t k = reading_first_hit(r, at);
	     f->group >= 0 && k < r->nhits && r->hits[k].from == at; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CODE &&
		    &r->type->fields[w->field] ==
			r->type->groups[f->group].identify)
			return true;
	}
	return false;
}

/* "利福平耐药:未检出", "耐药(-)", "耐药检测阴性": rated as not so. */
static bool
is_denied(const struct rater *t, const struct token *rating)
{
	static const char *const words[] = { "未", "阴", "无", "不", "(-", "-",
		NULL };
	uint32_t at = rating->to;

	if (slice_starts(behind(t, at), ":"))
		at++;
	return begins_with(behind(t, at), words).n > 0;
}

static void
rate(struct rater *t, const struct token *rating)
{
	int score = is_epithet(t, rating) ? SCORE_ANCHORED : SCORE_RATED;

	for (size_t i = 0; i < t->nwaiting && rating->rating == RATING_COUNTS;
	     i++)
		if (!is_denied(t, rating))
			tell(t, t->waiting[i]->from, t->waiting[i]->to, score);
}

/* --- tables -------------------------------------------------------------- */

/* The token that begins at a place, or NULL; *k goes on from the last one. */
static const struct token *
token_at(const struct rater *t, size_t *k, uint32_t at)
{
	while (*k < t->n && t->list[*k].from < at)
		++*k;
	return *k < t->n && t->list[*k].from == at ? &t->list[*k] : NULL;
}

/*
 * The bytes of a value, of a rule between cells, or of what says whose the next
 * cell is (前者S 后者R), that a text begins with.
 */
static size_t
filling(struct slice s)
{
	static const char *const words[] = { "≥", "≤", "前者", "后者", "为",
		NULL };

	return s.n > 0 && strchr("0123456789.<>=|/- \t:,()", *s.p) != NULL
	    ? 1
	    : begins_with(s, words).n;
}

static bool
ends_row(struct slice s)
{
	return *s.p == '\n' || *s.p == ';' || slice_starts(s, "。");
}

/*
 * "头孢他啶 - ≥64 R": the ratings of the cells behind a name; a stroke behind a
 * blank is an empty one.  How many there are; 0 where it is no row of cells.
 */
static unsigned
read_row(const struct rater *t, size_t name, enum rating cells[CELLS])
{
	const struct view *v = &t->x->r->view;
	size_t k = name + 1, step;
	unsigned n = 0;

	for (uint32_t at = t->list[name].to;
	     at < v->text.n && !ends_row(behind(t, at)); at += (uint32_t)step) {
		const struct token *one = token_at(t, &k, at);
		bool stroke = one == NULL && v->text.p[at] == '-' && v->gap[at];

		step = one != NULL ? one->to - at : filling(behind(t, at));
		if (step == 0 || (one != NULL && one->name) || n == CELLS)
			return 0;
		if (one != NULL || stroke)
			cells[n++] = stroke ? RATING_OTHER : one->rating;
	}
	return n;
}

/* In a table with a column for each object a row rates for all of them. */
static bool
rate_columns(struct rater *t, size_t name)
{
	const struct field *f = &t->x->r->type->fields[t->field];
	const size_t objects = f->group < 0 ? 0 : t->x->r->casts[f->group].n;
	enum rating cells[CELLS];

	if (objects < 2 || read_row(t, name, cells) != objects)
		return false;
	for (unsigned i = 0; i < objects; i++) {
		struct candidate *c = cells[i] != RATING_COUNTS
		    ? NULL
		    : tell(
			  t, t->list[name].from, t->list[name].to, SCORE_RATED);

		if (c != NULL)
			c->objects = (uint32_t)1 << i;
	}
	return true;
}

/* --- lists with a head --------------------------------------------------- */

/* Whether a place begins a line or a sentence. */
static bool
opens(const struct rater *t, uint32_t at)
{
	const struct clause *c = reading_clause(t->x->r, at);

	return c->from == at && (at == 0 || c[-1].sentence != c->sentence);
}

/*
 * Where the list begins whose head a rating is (耐药药物:, R:, 耐药 at the begin
 * of a line), or UINT32_MAX.
 */
static uint32_t
list_begin(const struct rater *t, const struct token *rating)
{
	static const char *const things[] = { "药物", "抗生素", "抗菌药物",
		"抗菌药", "药敏", "药", "的", "者", "项", "(R)", "(S)", "(I)",
		")", "]", "】", NULL };
	static const char *const ends[] = { ":", "有", "为", "包括", "-", "|",
		"\n", NULL };
	uint32_t at = rating->to;
	bool ended = opens(t, rating->from);
	size_t n;

	while ((n = begins_with(behind(t, at), things).n) > 0)
		at += (uint32_t)n;
	while ((n = begins_with(behind(t, at), ends).n) > 0) {
		at += (uint32_t)n;
		ended = true;
	}
	return ended ? at : UINT32_MAX;
}

/* "耐药:A、B、C": the names behind a head; the number of the next token. */
static size_t
rate_list(struct rater *t, size_t rating)
{
	const struct token *head = &t->list[rating];
	uint32_t at = list_begin(t, head);
	size_t i = rating + 1;

	for (; at != UINT32_MAX && i < t->n && t->list[i].name; i++) {
		bool measured;

		if (t->list[i].from != at &&
		    between(t, at, t->list[i].from, &measured) == PARTS)
			break;
		at = t->list[i].to;
		if (head->rating == RATING_COUNTS)
			tell(t, t->list[i].from, at, SCORE_RATED);
	}
	return i;
}

/* --- the whole ----------------------------------------------------------- */

static bool
is_latin(const struct rater *t, const struct token *k)
{
	return (unsigned char)t->x->r->view.text.p[k->from] < 0x80;
}

/* A name waits for its rating, if need be with those listed before it. */
static void
wait(struct rater *t, const struct token *k)
{
	const struct token *last =
	    t->nwaiting == 0 ? NULL : t->waiting[t->nwaiting - 1];
	bool measured = false;
	enum link link =
	    last == NULL ? LISTS : between(t, last->to, k->from, &measured);

	if (link == PARTS || measured)
		t->nwaiting = 0;
	/* "CAZ 头孢他啶", "头孢他啶(CAZ)": one drug twice. */
	else if (link == TOUCHES && is_latin(t, last) != is_latin(t, k)) {
		if (is_latin(t, last))
			t->waiting[t->nwaiting - 1] = k;
		return;
	}
	if (t->nwaiting < LISTED)
		t->waiting[t->nwaiting++] = k;
}

/* Whether a rating is that of the names that wait for one. */
static bool
is_awaited(const struct rater *t, const struct token *rating)
{
	bool measured;
	enum link link;

	if (t->nwaiting == 0)
		return false;
	link = between(
	    t, t->waiting[t->nwaiting - 1]->to, rating->from, &measured);
	return link == TOUCHES || (link == LISTS && measured);
}

/* "耐甲氧西林": the number of the next token. */
static size_t
rate_prefixed(struct rater *t, size_t prefix)
{
	const struct token *k = &t->list[prefix], *name = k + 1;

	if (prefix + 1 == t->n || !name->name || name->from != k->to)
		return prefix + 1;
	tell(t, k->from, name->to, SCORE_ANCHORED);
	return prefix + 2;
}

static void
find(struct rater *t)
{
	size_t next;

	for (size_t i = 0; i < t->n; i = next) {
		const struct token *k = &t->list[i];

		next = i + 1;
		if (k->name && !rate_columns(t, i)) {
			wait(t, k);
			continue;
		}
		if (k->name)
			while (next < t->n && !t->list[next].name)
				next++;
		else if (k->rating == RATING_PREFIX)
			next = rate_prefixed(t, i);
		else if (k->rating != RATING_NONE && is_awaited(t, k))
			rate(t, k);
		else if (k->rating != RATING_NONE)
			next = rate_list(t, i);
		t->nwaiting = 0;
	}
}

void
rating_find(struct finder *x)
{
	for (size_t i = 0; i < x->r->type->nfields; i++) {
		struct rater t = { .x = x, .field = (uint32_t)i };

		if (x->r->type->fields[i].how.rated.names.n > 0 &&
		    find_tokens(&t))
			find(&t);
	}
}
