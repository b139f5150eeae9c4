/*
 * What single words tell: a code by its spelling, a yes or no by an anchor and
 * what is said of it, a text that goes to the end of its clause.
 */
#include "extract/finder.h"

#define MERE_NAME 42 /* bytes of a clause that names an agent alone */
#define STATEMENT 24 /* bytes behind a word that tell yes or no */
#define WORST     10 /* points that distance may cost the worst of several */

/* Whether the spelling of a code also denies, as 未见 of the code 无 does. */
static bool
is_denial(const struct finder *x, const struct hit *h)
{
	const struct clause *c = reading_clause(x->r, h->from);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);

		if (w->role == ROLE_CUE && w->value >> 8 == CUE_NEGATED &&
		    o->from == h->from)
			return true;
	}
	return false;
}

static struct slice
spelled(const struct finder *x, const struct field *f, const struct hit *h,
    const struct word *w)
{
	struct slice code = f->codes[w->value].code;

	switch (f->d->type) {
	case TYPE_TEXT:
		return finder_written(x, h->from, h->to);
	case TYPE_BOOL:
		return slice_is(code, "true") ? SLICE("true") : SLICE("false");
	default:
		return candidate_is_measured(f) ? code : finder_quoted(x, code);
	}
}

/* Whether a clause names a subject, beside the word itself. */
static bool
has_subject(
    const struct reading *r, const struct clause *c, const struct hit *word)
{
	for (size_t k = c->hit; k < c->hits_end; k++)
		if (reading_word(r, &r->hits[k])->role == ROLE_SUBJECT &&
		    (r->hits[k].from < word->from || r->hits[k].to > word->to))
			return true;
	return false;
}

/* "切缘:近端(-)": the word, or one it is joined to, is the head of a list. */
static bool
heads_list(const struct reading *r, const struct hit *h)
{
	static const char *const between[] = { "情况", "状态", "评估", "(",
		NULL };
	struct slice s =
	    slice_span(r->view.text.p + h->to, r->view.text.p + r->view.text.n);

	for (size_t i = 0; between[i] != NULL; i++)
		if (slice_starts(s, between[i])) {
			s.p += strlen(between[i]);
			s.n -= strlen(between[i]);
			break;
		}
	return slice_starts(s, ":");
}

/* Whether a clause announces something else than the field. */
static bool
announces_other(const struct reading *r, const struct clause *c, uint32_t field)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_SUBJECT ||
		    (w->role == ROLE_ANCHOR && w->field != field))
			return true;
	}
	return false;
}

/* "切缘:近端(-),远端(-),环周(+)": each item is of the head of its list. */
static bool
is_listed(const struct reading *r, const struct clause *c, uint32_t field)
{
	const struct clause *b = c;

	while (!announces_other(r, b, field) && b > r->clauses &&
	    b[-1].sentence == c->sentence) {
		b--;
		for (size_t k = b->hit; k < b->hits_end; k++) {
			const struct hit *h = &r->hits[k];
			const struct word *w = reading_word(r, h);

			if (w->role == ROLE_ANCHOR && w->field == field &&
			    heads_list(r, h))
				return true;
		}
	}
	return false;
}

/*
 * "血流II级,内部及周边均可见": a clause that is no more than the code goes on with
 * what was announced in the one before.
 */
static bool
is_all_of_clause(
    const struct finder *x, const struct clause *c, const struct hit *code)
{
	static const char *const before[] = { "", "以", "呈", "位于", "分布于",
		"主要位于", "主要分布于", "多位于", NULL };
	static const char *const behind[] = { "", "均可见", "可见", "均见",
		"为主", "分布", "均有", NULL };
	const char *p = x->r->view.text.p;
	struct slice lead = slice_span(p + c->from, p + code->from);
	struct slice rest = slice_span(p + code->to, p + c->to);
	size_t i = 0, k = 0;

	if (rest.n > 0 && strchr(",;\n", rest.p[rest.n - 1]) != NULL)
		rest.n--;
	else if (rest.n >= 3 && memcmp(rest.p + rest.n - 3, "。", 3) == 0)
		rest.n -= 3;
	while (before[i] != NULL && !slice_is(lead, before[i]))
		i++;
	while (behind[k] != NULL && !slice_is(rest, behind[k]))
		k++;
	return before[i] != NULL && behind[k] != NULL;
}

/* "瓣膜反流：二尖瓣轻度，三尖瓣轻度": in a clause of the sentence before. */
static bool
announced_before(const struct finder *x, const struct clause *c,
    const struct hit *code, uint32_t field)
{
	const struct field *f = &x->r->type->fields[field];
	const struct clause *b = c;
	unsigned most = 8;

	/*
	 * A subject of its own tells that the list goes on; else, as in "切缘距
	 * 肿瘤2cm,未见癌", only the next clause may, if it has none.
	 */
	if (f->subjects == 0) {
		most = 1;
		if (f->group >= 0
			? !is_all_of_clause(x, c, code)
			: x->r->ntopics == 0 || has_subject(x->r, c, code))
			return false;
	}
	for (unsigned i = 0;
	     i < most && b > x->r->clauses && b[-1].sentence == c->sentence;
	     i++) {
		b--;
		for (size_t k = b->hit; k < b->hits_end; k++) {
			const struct word *w =
			    reading_word(x->r, &x->r->hits[k]);

			if (w->role == ROLE_ANCHOR && w->field == field)
				return true;
		}
	}
	return false;
}

/* Whether the clause has a word of the field in this role. */
static bool
has_word(const struct reading *r, const struct clause *c, uint32_t field,
    enum role role)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == role && w->field == field)
			return true;
	}
	return false;
}

/*
 * "左肺下叶体积缩小,内见实变": of what is counted, also in the next clause of
 * the sentence that says nothing of another place.
 */
static bool
announced_after(const struct finder *x, const struct clause *c, uint32_t field)
{
	const struct reading *r = x->r;
	const struct clause *next = c + 1;

	if (r->type->fields[field].how.pick != PICK_COUNT ||
	    next == r->clauses + r->nclauses || next->sentence != c->sentence ||
	    has_word(r, c, field, ROLE_NEVER) ||
	    has_word(r, next, field, ROLE_NEVER) ||
	    has_word(r, next, field, ROLE_PART))
		return false;
	for (size_t k = next->hit; k < next->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);

		if (w->role == ROLE_ANCHOR && w->field == field)
			return (reading_context(r, h->from, h->to) &
				   (CANDIDATE_OUT | 1u << CUE_NEGATED)) == 0;
	}
	return false;
}

/*
 * Whether a word that keeps the field off stands in what is said with the
 * spelling: in its clause, but for what blanks part of a telegraphic line.
 */
static bool
is_kept_off(const struct finder *x, const struct clause *c, const struct hit *h,
    uint32_t field)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);

		if (w->role == ROLE_NEVER && w->field == field &&
		    !(o->to < h->from ? reading_parts(x->r, o->to, h->from)
				      : reading_parts(x->r, h->to, o->from)))
			return true;
	}
	return false;
}

/*
 * "内见血流信号余未见占位": a denial behind its anchor, with something else to deny
 * behind it, says nothing of the anchor.
 */
static bool
denies_other(const struct finder *x, const struct clause *c,
    const struct hit *h, uint32_t field)
{
	static const char *const ends[] = { "明显", "明确", "异常", "确切",
		"显示", "信号", "血流", "彩色", "。", "、", NULL };
	const struct reading *r = x->r;
	struct slice rest =
	    slice_span(r->view.text.p + h->to, r->view.text.p + r->view.text.n);

	if (!is_denial(x, h) || rest.n == 0 || (unsigned char)*rest.p < 0x80 ||
	    r->view.gap[h->to])
		return false;
	for (size_t i = 0; ends[i] != NULL; i++)
		if (slice_starts(rest, ends[i]))
			return false;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_ANCHOR && w->field == field &&
		    r->hits[k].from >= h->from)
			return false;
	}
	return true;
}

/* Takes any of the words off the text's beginning; whether there was one. */
static bool
take(struct slice *s, const char *const *words)
{
	bool found = false;

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(*s, words[i])) {
			s->p += strlen(words[i]);
			s->n -= strlen(words[i]);
			found = true;
		}
	return found;
}

/* "重度减轻至轻度", "中度→轻度": the first was, the second is. */
static bool
gives_way(const struct finder *x, const struct hit *h, uint32_t field)
{
	static const char *const verbs[] = { "已", "逐渐", "减轻", "减少", "减",
		"加重", "增加", "增多", "升高", "升", "降低", "下降", "降",
		"好转", "改善", "恢复", "进展", "转", "变", NULL };
	static const char *const to[] = { "至", "到", "为", "成", "→", "->",
		NULL };
	static const char *const now[] = { "目前", "现在", "现", "今", "本次",
		"的", "约", NULL };
	const struct reading *r = x->r;
	struct slice s =
	    slice_span(r->view.text.p + h->to, r->view.text.p + r->view.text.n);
	uint32_t at;

	take(&s, verbs);
	if (!take(&s, to))
		return false;
	take(&s, now);
	at = (uint32_t)(s.p - r->view.text.p);
	for (size_t k = reading_first_hit(r, at);
	     k < r->nhits && r->hits[k].from == at; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CODE && w->field == field)
			return true;
	}
	return false;
}

/* "加重为中度": a spelling of one character is the end of a word for change. */
static bool
ends_change(const struct finder *x, const struct hit *h)
{
	static const char *const begins[] = { "加", "减", "增", "趋", NULL };
	const char *p = x->r->view.text.p;

	for (size_t i = 0; begins[i] != NULL; i++) {
		size_t n = strlen(begins[i]);

		if (h->to - h->from == n && h->from >= n &&
		    memcmp(p + h->from - n, begins[i], n) == 0)
			return true;
	}
	return false;
}

/*
 * A spelling belongs to the anchor of its clause, if the field has any, and
 * not to a word that keeps it off and stands no farther away; but a denial
 * governs all members of a list.
 */
static void
code(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	const struct measure here = {
		.from = h->from, .to = h->to, .lead = h->from
	};
	uint32_t near = finder_nearest(x, c, ROLE_ANCHOR, w->field, &here);
	uint32_t never = finder_nearest(x, c, ROLE_NEVER, w->field, &here);
	int score = SCORE_ANCHORED;
	struct candidate *k;

	if (!finder_standing_at(x, f, c, h->from, h->to) || ends_change(x, h) ||
	    (f->d->type != TYPE_BOOL && f->npatterns > 0 && !f->announced) ||
	    (f->announced && f->group >= 0 && denies_other(x, c, h, w->field)))
		return;
	if (f->announced
		? never != UINT32_MAX && never <= near && !is_denial(x, h)
		: is_kept_off(x, c, h, w->field))
		return;
	if (f->announced && near == UINT32_MAX && f->d->type != TYPE_BOOL &&
	    f->subjects == 0 && f->group < 0 && is_listed(x->r, c, w->field))
		near = 0;
	if (f->announced && near == UINT32_MAX && f->d->type != TYPE_BOOL) {
		if (!announced_before(x, c, h, w->field) &&
		    !announced_after(x, c, w->field))
			return;
		score += SCORE_OTHER_CLAUSE;
		near = 0;
	}
	/* Of what is worst among several, no matter which is told nearer. */
	if (f->how.pick == PICK_WORST && near != UINT32_MAX && near > WORST)
		near = WORST;
	if (f->announced && near != UINT32_MAX)
		score -= (int)(near < SCORE_FARTHEST ? near : SCORE_FARTHEST);
	if (finder_is_weak(x, w->field, h->from))
		score += SCORE_WEAK;
	k = finder_add(x, w->field, h->from, h->to, score);
	if (k == NULL)
		return;
	if (gives_way(x, h, w->field))
		k->context |= 1u << CUE_HISTORY;
	/* "有创通气:否" */
	if (f->group < 0 && !f->announced && reading_mark(x->r, h->to) < 0)
		k->context |= 1u << CUE_NEGATED;
	k->code = w->value;
	k->value = spelled(x, f, h, w);
	if (is_denial(x, h))
		k->context &= ~(1u << CUE_NEGATED);
	/* "否认神志不清" denies; "未见神志清楚" says nothing. */
	if (f->d->type == TYPE_BOOL && (k->context & 1u << CUE_NEGATED) != 0) {
		if (slice_is(k->value, "false"))
			k->context |= 1u << CUE_ELSEWHERE;
		k->value = SLICE("false");
	}
}

/* The number of the code that two parts make, or -1. */
static long
joined_code(const struct field *f, uint32_t first, uint32_t second)
{
	struct slice a = f->parts[0]->codes[first].code;
	struct slice b = f->parts[1]->codes[second].code;

	for (size_t i = 0; i < f->ncodes; i++) {
		struct slice code = f->codes[i].code;

		if (code.n == a.n + b.n && memcmp(code.p, a.p, a.n) == 0 &&
		    memcmp(code.p + a.n, b.p, b.n) == 0)
			return (long)i;
	}
	return -1;
}

/*
 * "右肺:上叶、下叶", what is counted in parts: a second part is of the first
 * that was said last in its sentence, or of both (双肺) that the word stands
 * for.
 */
static void
parts(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct reading *r = x->r;
	const struct field *f = &r->type->fields[w->field];
	uint32_t sentence = reading_clause(r, h->from)->sentence;
	uint32_t at = UINT32_MAX;

	if (w->value >> 16 == 0)
		return;
	for (size_t k = (size_t)(h - r->hits); k-- > 0;) {
		const struct hit *o = &r->hits[k];
		const struct word *first = reading_word(r, o);
		struct hit whole = { h->from, h->to, h->word };
		long n;

		if (o->from < at && at != UINT32_MAX)
			return;
		if (reading_clause(r, o->from)->sentence != sentence)
			return;
		if (first->role != ROLE_PART || first->field != w->field ||
		    first->value >> 16 != 0 || o->to > h->from)
			continue;
		at = o->from;
		if (o->to == h->from)
			whole.from = o->from;
		n = joined_code(f, first->value, w->value & 0xFFFF);
		if (n >= 0)
			code(x, &whole,
			    &(struct word){ ROLE_CODE, w->field, (uint32_t)n });
	}
}

/* "积液已吸收" is a no, of which "积液" alone would be a yes. */
static bool
is_part_of_code(const struct finder *x, const struct hit *h, uint32_t field)
{
	const struct clause *c = reading_clause(x->r, h->from);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);

		if (w->role == ROLE_CODE && w->field == field &&
		    o->from <= h->from && o->to >= h->to)
			return true;
	}
	return false;
}

/* "心包(-)积液": the mark stands behind the subject; "非积液", "不是积液". */
static bool
is_crossed_out(const struct finder *x, uint32_t at)
{
	static const char *const before[] = { "非", "不是", NULL };
	const char *p = x->r->view.text.p;
	const struct topic *t = reading_topic(x->r, at);

	for (size_t i = 0; before[i] != NULL; i++) {
		size_t n = strlen(before[i]);

		if (at >= n && memcmp(p + at - n, before[i], n) == 0)
			return true;
	}
	return t != NULL && t->to < at &&
	    slice_is(slice_span(p + t->to, p + at), "(-)");
}

/*
 * "脉管:未见侵犯": what decides stands behind the word, if the statement is
 * short; it is part of the evidence.
 */
static uint32_t
end_of_statement(const struct finder *x, const struct clause *c, uint32_t from)
{
	static const char ends[] = ",;!?\n[";
	static const char *const tells[] = { "未", "可见", "见", "无", "有",
		"阳性", "阴性", "(+)", "(-)", NULL };
	const struct view *v = &x->r->view;
	uint32_t at = from;
	size_t i = 0;

	while (at < c->to && (v->text.p[at] == ':' || v->text.p[at] == ']'))
		at++;
	while (tells[i] != NULL &&
	    !slice_starts(
		slice_span(v->text.p + at, v->text.p + c->to), tells[i]))
		i++;
	if (tells[i] == NULL)
		return from;
	while (at < c->to && at - from <= STATEMENT &&
	    strchr(ends, v->text.p[at]) == NULL &&
	    !(v->gap[at] && !x->r->view.spaced && at > from) &&
	    !slice_starts(
		slice_span(v->text.p + at, v->text.p + c->to), "。") &&
	    !slice_starts(slice_span(v->text.p + at, v->text.p + c->to), "、"))
		at++;
	return at - from > STATEMENT ? from : at;
}

/*
 * Whether the clause, or one before it in its sentence, names a section by more
 * than an event: "30W,未用造影剂" is said of the whole.
 */
static bool
names_section(const struct reading *r, const struct clause *c)
{
	const struct clause *b = c;

	while ((!b->marked || (b->sections & ~r->type->events) == 0) &&
	    b > r->clauses && b[-1].sentence == c->sentence)
		b--;
	return b->marked && (b->sections & ~r->type->events) != 0;
}

/*
 * "声诺维5.9ml配制成混悬液", "干粉加盐水稀释": made ready, and not given in what
 * is left of the clause.
 */
static bool
is_made_ready(
    const struct finder *x, const struct hit *h, const struct clause *c)
{
	const char *p = x->r->view.text.p;

	if (x->r->type->fields[reading_word(x->r, h)->field].with == NULL)
		return false;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);
		struct slice rest;

		if (w->role != ROLE_NEVER || o->from < h->to ||
		    w->field != reading_word(x->r, h)->field)
			continue;
		rest = slice_span(p + o->to, p + c->to);
		return slice_find(rest, SLICE("注")) == NULL &&
		    slice_find(rest, SLICE("推")) == NULL &&
		    slice_find(rest, SLICE("造影")) == NULL;
	}
	return false;
}

/*
 * "积液较前吸收,本次未见。": the next clause of the sentence is a denial and
 * nothing else, so that it is of what was told last.
 */
static bool
is_denied_next(const struct finder *x, const struct clause *c)
{
	static const char *const now[] = { "本次", "此次", "现", "目前", "今",
		"复查", "均", "已", NULL };
	static const char *const not [] = { "未见", "未探及", "未再见", "消失",
		"未见显示", "无", "吸收", "完全吸收", "基本吸收", NULL };
	const struct clause *next = c + 1;
	struct slice s;

	if (next >= x->r->clauses + x->r->nclauses ||
	    next->sentence != c->sentence)
		return false;
	s = slice_span(
	    x->r->view.text.p + next->from, x->r->view.text.p + next->to);
	take(&s, now);
	return take(&s, not ) &&
	    (s.n == 0 || strchr(",;\n", *s.p) != NULL || slice_starts(s, "。"));
}

/*
 * "造影剂:声诺维,术后2.4ml": a clause that names no more than what is given, with
 * its occasions behind it, is of none; nor is a heading, "[造影]".
 */
static bool
is_mere_name(const struct finder *x, const struct hit *h, const struct field *f,
    const struct clause *c)
{
	static const char *const names[] = { "造影剂", "对比剂", NULL };
	const struct reading *r = x->r;
	const char *p = r->view.text.p;
	struct slice s = slice_span(p + c->from, p + c->to);
	size_t i = 0;

	if (f->with != NULL && h->from > 0 && p[h->from - 1] == '[' &&
	    h->to < r->view.text.n && p[h->to] == ']')
		return true;
	if (f->with == NULL || c->marked || c + 1 == r->clauses + r->nclauses ||
	    c[1].sentence != c->sentence || !c[1].marked ||
	    h->to - c->from > MERE_NAME || s.n > MERE_NAME)
		return false;
	while (names[i] != NULL && !slice_starts(s, names[i]))
		i++;
	return names[i] != NULL;
}

/*
 * A denial whose sentence so far names no section is of the whole: it counts
 * for fields of any section.
 */
static void
assertion(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	uint32_t end = reading_behind_aside(x->r, h->to);
	int mark = reading_mark(x->r, reading_behind_list(x->r, end));
	bool over = is_denied_next(x, c);
	bool denied = mark != 0 ? mark < 0
				: is_crossed_out(x, h->from) || over ||
		(reading_context(x->r, h->from, h->to) & 1u << CUE_NEGATED) !=
		    0;
	bool here = w->role == ROLE_STRONG ||
	    finder_standing_at(x, f, c, h->from, h->to);
	struct candidate *k;

	if (finder_verdicts(x, h, w))
		return;
	if ((!here &&
		!(denied && !names_section(x->r, c) && f->subjects == 0)) ||
	    is_part_of_code(x, h, w->field) ||
	    (!denied && (is_made_ready(x, h, c) || is_mere_name(x, h, f, c))))
		return;
	k = finder_add(x, w->field, h->from, h->to, SCORE_ANCHORED);
	if (k == NULL)
		return;
	k->to = end_of_statement(x, c, end);
	if (k->to == end)
		k->to = h->to;
	k->rule = w->value;
	k->everywhere = !here;
	if (!denied && f->subjects != 0 && finder_is_gone(x, f, h->to))
		denied = over = true;
	if (over)
		k->context &= ~(1u << CUE_HISTORY);
	k->value = denied ? SLICE("false") : SLICE("true");
	k->context &= ~(1u << CUE_NEGATED);
	if (denied)
		k->context |= 1u << CUE_NEGATED;
}

static void
rest_of_clause(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	struct slice s = x->r->view.text;
	uint32_t from = h->to, to = c->to;
	struct candidate *k;
	size_t n;

	if (!finder_standing_at(x, f, c, h->from, h->to))
		return;
	if (from < to && s.p[from] == ':')
		from++;
	for (n = 1; to > from; to -= (uint32_t)n) {
		if (s.p[to - 1] == ',' || s.p[to - 1] == ';' ||
		    s.p[to - 1] == '\n')
			n = 1;
		else if (to - from >= 3 && memcmp(s.p + to - 3, "。", 3) == 0)
			n = 3;
		else
			break;
	}
	if (from >= to ||
	    (k = finder_add(x, w->field, from, to, SCORE_ANCHORED)) == NULL)
		return;
	k->rule = w->value;
	k->value = finder_written(x, from, to);
}

/* "CRRT:已撤机": a word of an end that is the end of something else. */
static bool
is_end_of_other(
    const struct finder *x, const struct clause *c, const struct hit *h)
{
	for (size_t k = (size_t)(h - x->r->hits); k-- > c->hit;) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);

		if (w->role == ROLE_ANCHOR &&
		    x->r->type->fields[w->field].d->type == TYPE_BOOL)
			return true;
		if (w->role == ROLE_CODE)
			return false;
	}
	return false;
}

/* "改面罩吸氧": no code has it, and what was told before is no more. */
static void
nothing(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	struct candidate *k;

	if (!finder_standing_at(x, f, c, h->from, h->to) ||
	    is_end_of_other(x, c, h))
		return;
	k = finder_add(x, w->field, h->from, h->to, SCORE_ANCHORED);
	if (k != NULL)
		k->value = SLICE("null");
}

void
finder_word(struct finder *x, const struct hit *h)
{
	const struct word *w = reading_word(x->r, h);
	const struct field *f = &x->r->type->fields[w->field];

	if (f->panel)
		return;
	if (w->role == ROLE_CODE) {
		if (f->group < 0 ||
		    (f != x->r->type->groups[f->group].identify &&
			f != x->r->type->groups[f->group].also))
			code(x, h, w);
		return;
	}
	if (w->role == ROLE_PART && f->how.pick == PICK_COUNT)
		parts(x, h, w);
	if (w->role == ROLE_EMPTY)
		nothing(x, h, w);
	if (w->role != ROLE_ANCHOR && w->role != ROLE_STRONG)
		return;
	if (f->d->type == TYPE_BOOL)
		assertion(x, h, w);
	else if (f->d->type == TYPE_TEXT && f->npatterns == 0 && f->ncodes == 0)
		rest_of_clause(x, h, w);
}
