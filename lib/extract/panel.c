/*
 * The values of a panel's fields: the mark, the code and the share that are
 * told of each name.
 */
#include "extract/panel.h"

#include "base/buf.h"
#include "extract/panel_part.h"
#include "extract/panel_result.h"
#include "json/write.h"

#define NEAR   36 /* bytes from a result to the share behind it */
#define BESIDE 12 /* bytes from a spelling to the mark that outweighs it */
#define SCORE  200

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

/* "融合未检出", "突变:未检出": a code directly behind another answers it. */
static const struct hit *
code_answering(const struct panel *p, const struct hit *code, uint32_t end)
{
	const struct hit *last = p->r->hits + p->r->nhits;
	uint32_t field = reading_word(p->r, code)->field;

	for (const struct hit *h = code + 1; h < last && h->from < end; h++) {
		const struct word *w = reading_word(p->r, h);

		if (h->from > code->to + 1)
			break;
		if (w->role == ROLE_CODE && w->field == field &&
		    h->from >= code->to && h->to <= end)
			code = h;
	}
	return code;
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
mark_of(
    const struct panel *p, const struct field *f, const struct panel_result *m)
{
	static const char *const signs[] = { "", "+", "-", "±" };
	const char *code = signs[m->outcome];

	if (has_code(f, "2+")) {
		code = m->outcome == OUTCOME_MINUS && m->pluses == 0 ? "0"
		    : m->zero                                        ? "0"
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
	k->context |= panel_context(p, from, to);
	k->rule = w->value;
	k->value = value;
	k->measure = m;
}

static void
mark(const struct panel *p, const struct hit *name, const struct stain *of,
    const struct stain *last, uint32_t end, const struct panel_result *m)
{
	uint32_t field = reading_word(p->r, name)->field;
	const struct field *f = &p->r->type->fields[field];
	const struct hit *code = f->ncodes == 0
	    ? NULL
	    : code_between(p, field, last->from, end, last->hit);
	struct slice value = mark_of(p, f, m);
	uint32_t from = of->from < m->from ? of->from : m->from, to = m->to;
	uint32_t never = kept_off(p, field, last->hit, end);

	/* "ALK融合阴性" is of the gene, not the stain's. */
	if (never != 0 && f->ncodes == 0)
		return;
	/* "突变检测" alone is no result; what "突变检测:" has behind it is. */
	if (never != 0 && code != NULL && code->from < never)
		code = code_between(p, field, never, end, last->hit);
	if (never != 0 && m->from < never)
		value = (struct slice){ 0 };
	if (never != 0 && code == NULL && value.n == 0)
		return;
	if (code != NULL)
		code = code_answering(p, code, end);
	if (code != NULL &&
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

static bool
is_bare_zero(const struct panel *p, const struct measure *m)
{
	return m->kind == MEASURE_NUMBER && m->unit == NULL &&
	    decimal_double(&m->value[0]) == 0 &&
	    panel_byte(&p->r->view, m->from - 1) == ',' &&
	    panel_byte(&p->r->view, m->to) == ')';
}

/* The share that stands before the end of what is said of the name. */
static void
share(const struct panel *p, const struct hit *name, const struct stain *of,
    const struct stain *last, uint32_t end, const struct panel_result *m)
{
	const struct field *f =
	    &p->r->type->fields[reading_word(p->r, name)->field];
	const struct measure *v =
	    p->r->measures + reading_first_measure(p->r, last->to);

	if (m->outcome != OUTCOME_NONE && end > m->to + NEAR)
		end = m->to + NEAR;
	for (; v < p->r->measures + p->r->nmeasures && v->from < end; v++) {
		bool outside;
		struct slice value =
		    candidate_value(f, v, p->r->arena, &outside);

		/* "PR(-,0)" */
		if (value.n == 0 && m->outcome == OUTCOME_MINUS &&
		    is_bare_zero(p, v))
			value = SLICE("0");
		if (value.n == 0 || outside)
			continue;
		/* "PD-L1:IC 5%": of another score. */
		if (kept_off(p, reading_word(p->r, name)->field, last->hit,
			v->from) != 0)
			return;
		put(p, name, value, of->from, v->to, v);
		return;
	}
}

/*
 * "ER(90%)", "PR(<1%)": a share directly behind a name is a result of its own,
 * which of less than 1 % is negative.
 */
static struct panel_result
result_by_share(const struct panel *p, uint32_t from, uint32_t end)
{
	static const char *const between[] = { "(", ":", " ", "约", "为", "<",
		">", NULL };
	const struct view *v = &p->r->view;
	struct panel_result out = { .from = from };
	size_t i = reading_first_measure(p->r, from);
	const struct measure *m = &p->r->measures[i];
	const char *word;
	uint32_t at = from;
	double most;

	if (i == p->r->nmeasures || m->to > end || m->n == 0 ||
	    m->unit == NULL || m->unit->dimension != DIM_SHARE)
		return out;
	while (at < m->from && (word = panel_begins(v, at, between)) != NULL)
		at += (uint32_t)strlen(word);
	if (at < m->from)
		return out;
	most = decimal_double(&m->value[m->n - 1]);
	out.outcome =
	    most < 1 || (most == 1 && m->kind == MEASURE_RANGE && !m->has[0])
	    ? OUTCOME_MINUS
	    : OUTCOME_PLUS;
	out.pluses = out.outcome == OUTCOME_PLUS;
	out.from = m->from;
	out.to = m->to;
	return out;
}

/* What is said of a name without a sign. */
static struct panel_result
result_in_words(const struct panel *p, uint32_t from, uint32_t end)
{
	struct panel_result out = panel_result_told(&p->r->view, from, end);

	return out.outcome == OUTCOME_NONE ? result_by_share(p, from, end)
					   : out;
}

/* The results of the names [first,last], which are listed together. */
static void
list(struct panel *p, size_t first, size_t last)
{
	const struct view *v = &p->r->view;
	const struct stain *at = &p->stains[last];
	uint32_t end = panel_end_of(p, last);
	uint32_t behind = panel_skip_clone(v, at->to, end);
	struct panel_result m = panel_result(v, behind, end), told;
	struct panel_result verb =
	    panel_result_of_verb(v, p->stains[first].from);

	if (m.outcome == OUTCOME_NONE && !m.zero)
		m = panel_result_before(v, p->stains[first].from);
	/* "表达CK7、TTF-1,不表达P40": of the names that it heads. */
	if (verb.outcome != OUTCOME_NONE &&
	    (m.outcome == OUTCOME_NONE ||
		(m.from > behind && panel_byte(v, behind) != '(')))
		m = verb;
	told = result_in_words(p, behind, end);
	if (told.outcome == OUTCOME_NONE || m.zero ||
	    (m.outcome != OUTCOME_NONE && m.from <= told.to + BESIDE &&
		panel_byte(v, told.to) != ')'))
		told = m;
	for (size_t i = first; i <= last; i++) {
		const struct stain *s = &p->stains[i];

		for (size_t k = s->hit;
		     k < p->r->nhits && p->r->hits[k].from == s->from; k++) {
			const struct hit *h = &p->r->hits[k];
			const struct field *f;

			if (h->to != s->to || !panel_is_name(p, h))
				continue;
			f = &p->r->type->fields[reading_word(p->r, h)->field];
			if (f->d->type == TYPE_MARK)
				mark(p, h, s, at, end,
				    f->ncodes == 0 ? &told : &m);
			else
				share(p, h, s, at, end, &m);
		}
	}
}

/* "MSI检测:MSS KRAS野生型": a name that is a result shares none with the next. */
static bool
is_result(const struct panel *p, const struct stain *s)
{
	for (size_t k = s->hit;
	     k < p->r->nhits && p->r->hits[k].from == s->from; k++) {
		const struct word *w = reading_word(p->r, &p->r->hits[k]);

		if (w->role == ROLE_CODE && p->r->hits[k].to == s->to &&
		    p->r->type->fields[w->field].panel)
			return true;
	}
	return false;
}

/* What was told with a result, at the same name, goes with it. */
static void
outdate(const struct panel *p, const struct candidate *mark)
{
	for (size_t i = 0; i < p->r->type->nfields; i++) {
		struct candidate *c = p->out->first[i];

		if (!p->r->type->fields[i].panel || i == mark->field)
			continue;
		for (; c != NULL && c->from <= mark->from; c = c->next)
			if (c->from == mark->from)
				c->context |= 1u << CUE_HISTORY;
	}
}

/*
 * "外院ER(+,80%)。重做ER(-)": of a stain that was done again with another
 * result the share that was told with the former one is no more.
 */
static void
drop_outdated(const struct panel *p)
{
	for (size_t i = 0; i < p->r->type->nfields; i++) {
		const struct field *f = &p->r->type->fields[i];
		const struct candidate *last = NULL, *c = p->out->first[i];

		if (!f->panel || f->d->type != TYPE_MARK || c == NULL)
			continue;
		for (; c != NULL; c = c->next)
			if (candidate_stands(f, c))
				last = c;
		for (c = p->out->first[i]; last != NULL && c != last;
		     c = c->next)
			if (!slice_eq(c->value, last->value))
				outdate(p, c);
	}
}

void
panel_find(struct candidates *out, const struct reading *r)
{
	struct panel p = { .out = out, .r = r };
	size_t first = 0;

	panel_names(&p);
	for (size_t i = 0; i < p.n; i++) {
		uint32_t to = p.stains[i].to;

		if (i + 1 < p.n && !is_result(&p, &p.stains[i]) &&
		    panel_is_list(&r->view,
			panel_skip_clone(&r->view, to, p.stains[i + 1].from),
			p.stains[i + 1].from))
			continue;
		list(&p, first, i);
		first = i + 1;
	}
	drop_outdated(&p);
}
