#include "mapping/hit.h"

#include "base/mem.h"

/* --- finding ------------------------------------------------------------- */

/* '*' any run of bytes, '?' any one byte. */
static bool
glob(struct slice pattern, struct slice text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, back = 0;

	while (t < text.n) {
		if (p < pattern.n && pattern.p[p] == '*') {
			star = ++p;
			back = t;
		} else if (p < pattern.n &&
		    (pattern.p[p] == '?' || pattern.p[p] == text.p[t])) {
			p++;
			t++;
		} else if (star != SIZE_MAX) {
			p = star;
			t = ++back;
		} else {
			return false;
		}
	}
	while (p < pattern.n && pattern.p[p] == '*')
		p++;
	return p == pattern.n;
}

static bool
of_source(const struct rule *r, struct record *rec)
{
	struct json src, member;
	struct json_walk walk;

	if (r->source.n == 0)
		return true;
	src = record_trail(rec, "src");
	if (glob(r->source, json_text(json_get(src, "uri"), record_arena(rec))))
		return true;
	walk = json_enter(json_get(src, "member"));
	while (json_next_element(&walk, &member))
		if (glob(r->source, json_text(member, record_arena(rec))))
			return true;
	return false;
}

static bool
holds(const struct condition *c, struct record *rec)
{
	struct slice text = slice_trim(paths_text(&c->paths, rec));
	bool found = false;

	for (size_t i = 0; i < c->nwords && !found; i++)
		found = c->op == WHEN_CONTAINS
		    ? slice_find(text, c->words[i]) != NULL
		    : slice_eq(text, c->words[i]);
	return c->op == WHEN_NOT ? !found : found;
}

static bool
fits(const struct rule *r, struct record *rec)
{
	for (size_t i = 0; i < r->nwhen; i++)
		if (!holds(&r->when[i], rec))
			return false;
	return of_source(r, rec);
}

static bool
is_short_number(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n <= 4;
}

/*
 * Several columns joined.  Of a date: "-" between bare numbers, a blank
 * between a day and its time, and what is not known at the end is left out.
 */
static struct slice
joined(const struct rule *r, struct record *rec)
{
	bool dated = r->type == MAP_DATE || r->type == MAP_DATETIME;
	struct slice before = SLICE(""), text;
	struct buf b = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < r->ncolumns; i++) {
		struct slice part = slice_trim(path_text(&r->columns[i], rec));
		char mark = is_short_number(before) && is_short_number(part)
		    ? '-'
		    : ' ';

		if (dated && i > 0)
			buf_addc(&b, mark);
		buf_add_slice(&b, part);
		if (part.n > 0)
			n = b.n;
		before = part;
	}
	text = arena_slice(record_arena(rec), (struct slice){ b.p, n });
	buf_release(&b);
	return text;
}

static void
add_hit(struct normalize *w, struct record *rec, const struct rule *r,
    const struct json_member *m)
{
	const struct json_member *at = m;
	struct hit *h;
	bool inside = false;
	struct json v = r->columns[0].whole == m->field
	    ? record_value(rec, m)
	    : path_value(&r->columns[0], rec, &at, &inside);

	if (v.type == JSON_NONE || at != m)
		return;
	w->claimed[r->column] = w->turn;
	if (w->done[r->field] == w->turn)
		return;
	w->hits = mem_room(w->hits, w->nhits, &w->hits_room, sizeof(*w->hits));
	h = &w->hits[w->nhits++];
	h->rule = r;
	h->member = m;
	h->inside = inside;
	h->gone = false;
	h->loser = NULL;
	h->value = v;
	h->text = (struct slice){ NULL, 0 };
	outcome_reset(&h->o);
	if (r->ncolumns > 1)
		h->text = joined(r, rec);
	else if (v.type != JSON_NULL)
		h->text = inside ? json_text(v, record_arena(rec))
				 : record_text(rec, m);
}

bool
hits_collect(struct normalize *w, struct record *rec, const struct plan *plan,
    struct err *e)
{
	size_t n;
	const struct json_member *m = record_members(rec, &n);

	w->nhits = 0;
	for (size_t i = 0; i < n; i++) {
		const struct rule **r;

		if (m[i].field >= plan->names ||
		    (r = plan->rules[m[i].field]) == NULL)
			continue;
		for (; *r != NULL; r++) {
			if (w->claimed[(*r)->column] == w->turn && !m[i].again)
				continue;
			if (!fits(*r, rec))
				continue;
			if (m[i].again)
				return err_data(e, "duplicate_member",
				    "member '%.*s' stands twice",
				    (int)m[i].keyn, record_key(rec, &m[i]).p);
			add_hit(w, rec, *r, &m[i]);
		}
	}
	return true;
}

/* --- settling ------------------------------------------------------------ */

static bool
is_null(const struct rule *r, struct slice text)
{
	text = slice_trim(text);
	if (!rule_null_size(r, text.n))
		return false;
	for (size_t i = 0; i < r->nnulls; i++)
		if (slice_eq(text, r->nulls[i]))
			return true;
	return false;
}

static bool
is_empty(const struct hit *h)
{
	return h->value.type == JSON_NULL || slice_trim(h->text).n == 0 ||
	    slice_is(h->o.json, "null");
}

/* The name of the test, which says what a local unit means. */
static struct slice
item_of(const struct normalize *w)
{
	for (size_t i = 0; i < w->nhits; i++)
		if (slice_is(w->hits[i].rule->target, "test"))
			return w->hits[i].text;
	return SLICE("");
}

/* Short values that came before are not converted again. */
static bool
recalled(struct normalize *w, struct record *rec, struct hit *h)
{
	return h->rule->ncolumns == 1 &&
	    recall_serves(h->rule, h->value.text) &&
	    recall_find(w->fields.recall, h->rule, h->value.text,
		record_arena(rec), &h->o.json, &h->o.unmapped);
}

bool
hit_convert(
    struct normalize *w, struct record *rec, struct hit *h, struct err *e)
{
	const struct rule *r = h->rule;
	struct slice item = r->type == MAP_RESULT || r->type == MAP_UNIT
	    ? item_of(w)
	    : SLICE("");

	outcome_reset(&h->o);
	if (r->nnulls > 0 &&
	    (h->value.type == JSON_STRING || h->value.type == JSON_NUMBER) &&
	    is_null(r, h->text)) {
		h->o.json = SLICE("null");
		return true;
	}
	if (h->value.type == JSON_NULL || recalled(w, rec, h))
		return true;
	if (!field_convert(
		&w->fields, r, rec, h->value, h->text, item, &h->o, e))
		return false;
	if (r->ncolumns == 1 && recall_serves(r, h->value.text))
		recall_keep(w->fields.recall, r, h->value.text, h->o.json,
		    h->o.unmapped);
	return true;
}

/*
 * Two columns with one target: the first in the order of the map that is not
 * empty wins; where both say something else, neither does.
 */
static void
settle(struct normalize *w, struct hit *h, size_t i)
{
	size_t f = h->rule->field;
	struct hit *first;

	if (w->taken[f] != w->turn) {
		w->taken[f] = w->turn;
		w->leader[f] = i;
		return;
	}
	first = &w->hits[w->leader[f]];
	if (is_empty(first) != is_empty(h)) {
		if (is_empty(first))
			w->leader[f] = i;
		(is_empty(h) ? h : first)->gone = true;
		return;
	}
	if (!is_empty(h) && !slice_eq(hit_json(first), hit_json(h)) &&
	    !slice_eq(slice_trim(first->text), slice_trim(h->text))) {
		first->loser = h->loser = "conflict";
		first->gone = h->gone = true;
		return;
	}
	if (h->rule->number < first->rule->number) {
		w->leader[f] = i;
		first->gone = true;
	} else {
		h->gone = true;
	}
}

static bool
is_hit(const struct normalize *w, const struct json_member *m)
{
	for (size_t i = 0; i < w->nhits; i++)
		if (w->hits[i].member == m && !w->hits[i].inside &&
		    !w->hits[i].gone)
			return true;
	return false;
}

/* A member that bears the target's name already, and is nobody's column. */
static void
settle_existing(struct normalize *w, struct record *rec, struct hit *h)
{
	const struct json_member *m = record_field(rec, h->rule->name);

	if (h->gone || h->rule->indicator != NULL ||
	    h->rule->type == MAP_DROP || m == NULL || m == h->member ||
	    is_hit(w, m))
		return;
	h->gone = true;
	if (!is_empty(h) &&
	    !slice_eq(slice_trim(record_text(rec, m)), slice_trim(h->text)) &&
	    !slice_eq(record_value(rec, m).text, hit_json(h)))
		h->loser = "conflict";
}

/* A companion's member belongs to the result that names it. */
static void
settle_companion(struct normalize *w, struct record *rec, const struct hit *h,
    const struct companion *c)
{
	const struct json_member *m;
	bool inside;

	if (h->gone || !c->there || !c->column)
		return;
	path_value(paths_there(&c->paths, rec), rec, &m, &inside);
	if (m == NULL || inside)
		return;
	for (size_t i = 0; i < w->nhits; i++)
		if (w->hits[i].member == m && &w->hits[i] != h)
			w->hits[i].gone = true;
}

static bool
convert_some(
    struct normalize *w, struct record *rec, bool results, struct err *e)
{
	for (size_t i = 0; i < w->nhits; i++)
		if (!w->hits[i].gone &&
		    (w->hits[i].rule->type == MAP_RESULT) == results &&
		    !hit_convert(w, rec, &w->hits[i], e))
			return false;
	return true;
}

/* A test has the code of the unit that its value has in the end. */
bool
hits_convert(struct normalize *w, struct record *rec, struct err *e)
{
	w->fields.unit = SLICE("");
	if (!convert_some(w, rec, true, e))
		return false;
	for (size_t i = w->nhits; i-- > 0;) {
		const struct hit *h = &w->hits[i];

		if (!h->gone && h->o.unit != NULL && h->o.unit->converts &&
		    h->o.unmapped == NULL)
			w->fields.unit = h->rule->arg;
	}
	return convert_some(w, rec, false, e);
}

/*
 * What stands beside a field may have a column of its own (a dose of 100mg and
 * a column of its unit): an empty one gives way, an equal one says it already,
 * and one that says something else is a conflict.
 */
static void
settle_beside(struct normalize *w, struct record *rec, struct hit *h, size_t i)
{
	struct slice json = h->o.more[i].json;
	long field = map_find_field(
	    w->n->map, hit_beside(rec, h->rule->target, h->o.more[i].suffix));
	struct hit *own;

	if (field < 0 || w->taken[field] != w->turn)
		return;
	own = &w->hits[w->leader[field]];
	if (own == h || own->gone)
		return;
	if (is_empty(own)) {
		own->gone = true;
		return;
	}
	if (!slice_eq(hit_json(own), json)) {
		h->o.unmapped = "conflict";
		h->o.json = (struct slice){ NULL, 0 };
	}
	h->o.more[i] = h->o.more[--h->o.nmore];
}

void
hits_settle(struct normalize *w, struct record *rec)
{
	for (size_t i = 0; i < w->nhits; i++)
		if (!w->hits[i].gone)
			settle(w, &w->hits[i], i);
	for (size_t i = 0; i < w->nhits; i++) {
		if (w->hits[i].rule->type != MAP_RESULT)
			continue;
		settle_companion(w, rec, &w->hits[i], &w->hits[i].rule->unit);
		settle_companion(w, rec, &w->hits[i], &w->hits[i].rule->ref);
	}
	for (size_t i = 0; i < w->nhits; i++)
		for (size_t k = w->hits[i].gone ? 0 : w->hits[i].o.nmore;
		     k-- > 0;)
			settle_beside(w, rec, &w->hits[i], k);
	for (size_t i = 0; i < w->nhits; i++)
		settle_existing(w, rec, &w->hits[i]);
}
