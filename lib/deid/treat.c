#include "deid/treat.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "deid/crosswalk.h"
#include "deid/value.h"
#include "json/write.h"

/* --- the patient --------------------------------------------------------- */

/* What a policy lets out by its own row is known to texts, but no leak. */
static bool
is_let_out(const struct policy *p, struct slice member)
{
	const struct deid_rule *r = policy_own_rule(p, member);

	return r != NULL &&
	    (r->class == DEID_KEEP || r->class == DEID_GENERALISE);
}

void
treat_begin(struct deid_worker *w, struct json record)
{
	const struct deid *d = w->deid;
	const struct policy *p = d->policy;
	struct json_walk walk = json_enter(record);
	struct slice key;
	struct json v;

	arena_reset(w->arena);
	buf_reset(&w->fields);
	w->known.n = w->nmoves = 0;
	w->touched = NULL;
	w->patient = SLICE("");
	memset(w->found, 0, sizeof(w->found));
	memset(w->classes, 0, sizeof(w->classes));
	w->listed = arena_zalloc(w->arena, p->nrules + 1);
	while (json_next_member(&walk, &key, &v)) {
		struct slice name = json_unescape(key, w->arena);
		size_t first = w->known.n;
		enum label label;

		if (p->patient.n > 0 && slice_eq(name, p->patient) &&
		    (v.type == JSON_STRING || v.type == JSON_NUMBER))
			w->patient = key_fold(json_text(v, w->arena), w->arena);
		if (!members_find(d->members, name, &label))
			continue;
		values_add(&w->known, v, label, w->arena);
		for (size_t i = first; i < w->known.n; i++)
			w->known.list[i].kept = is_let_out(p, name);
	}
	if (w->patient.n > 0)
		people_add(d->people, w->patient, &w->known);
	w->offset = w->patient.n == 0 || p->shift == 0
	    ? 0
	    : key_offset(d->key, w->patient, p->shift, p->shift_step, w->arena);
}

/* --- classes ------------------------------------------------------------- */

static void
put_pseudonym(struct deid_worker *w, struct slice domain, struct slice text,
    struct buf *out)
{
	char id[DIGEST_ID + 1];

	key_pseudonym(w->deid->key, domain, text, w->arena, id);
	json_put_cstring(out, id);
	if (w->counts.crosswalk != NULL)
		crosswalk_add(w->counts.crosswalk, domain, id, text);
}

static bool
shifted(
    struct deid_worker *w, struct slice text, struct buf *out, struct err *e)
{
	if (w->patient.n == 0)
		return err_data(e, "deid_patient",
		    "a date is to be shifted and the record names no patient");
	return value_shift(text, w->offset, out, e);
}

/* Classes for one string or number that is not empty. */
static bool
single(struct deid_worker *w, const struct deid_rule *r, struct json v,
    struct slice text, struct buf *out, struct err *e)
{
	switch (r->class) {
	case DEID_MASK:
		value_mask(r, text, out);
		return true;
	case DEID_HMAC:
		put_pseudonym(w, r->domain, text, out);
		return true;
	case DEID_SHIFT:
		return shifted(w, text, out, e);
	case DEID_YEAR:
		return value_year(text, out, e);
	case DEID_AGE:
		return value_age(text, v.text, w->arena, out, e);
	default:
		return value_generalise(r, text, w->arena, out, e);
	}
}

static bool
treat(struct deid_worker *w, const struct deid_rule *r, struct json v,
    struct buf *out, struct err *e)
{
	struct slice text;

	switch (v.type == JSON_NULL ? DEID_KEEP : r->class) {
	case DEID_KEEP:
		buf_add_slice(out, v.text);
		return true;
	case DEID_NULL:
		buf_adds(out, "null");
		return true;
	case DEID_SCAN:
		treat_text(w, v, out);
		return true;
	default:
		break;
	}
	if (v.type != JSON_STRING && v.type != JSON_NUMBER)
		return value_refused(e);
	text = slice_trim(json_text(v, w->arena));
	if (text.n > 0)
		return single(w, r, v, text, out, e);
	buf_add_slice(out, v.text);
	return true;
}

/*
 * `lab[test=白细胞计数].value:last` takes its value from the member `value`.
 */
static struct slice
source_member(struct slice source)
{
	const char *p = source.p, *end = p + source.n, *from = p;
	unsigned inside = 0;

	for (; p < end; p++) {
		if (*p == '[')
			inside++;
		else if (*p == ']' && inside > 0)
			inside--;
		else if (*p == '.' && inside == 0)
			from = p + 1;
		else if (*p == ':' && inside == 0)
			break;
	}
	return slice_span(from, p);
}

/*
 * An L1 value is a copy of its source member and has that member's class: a
 * shifted operation date may not stand unshifted among the indicators.
 */
const struct deid_rule *
treat_indicator_rule(
    struct deid_worker *w, const struct deid_rule *parent, struct slice id)
{
	const struct policy *p = w->deid->policy;
	const struct indicator *d = w->deid->catalogue == NULL
	    ? NULL
	    : catalogue_find(w->deid->catalogue, id);
	const struct deid_rule *r = policy_own_rule(p,
	    slice_of(
		arena_printf(w->arena, "indicators.%.*s", (int)id.n, id.p)));

	if (r == NULL && d != NULL && d->level == 1)
		r = policy_own_rule(
		    p, d->source.n > 0 ? source_member(d->source) : id);
	return r == NULL ? parent : r;
}

static bool
indicators(struct deid_worker *w, const struct deid_rule *parent, struct json v,
    struct buf *out, struct err *e)
{
	struct json_walk walk = json_enter(v);
	struct json value;
	struct slice key;

	buf_addc(out, '{');
	while (json_next_member(&walk, &key, &value)) {
		struct slice id = json_unescape(key, w->arena), shown;
		const struct deid_rule *r = treat_indicator_rule(w, parent, id);

		if (r->class == DEID_DROP)
			continue;
		treat_key(w, key, out);
		if (treat(w, r, value, out, e))
			continue;
		shown = treat_shown(w, id);
		return err_wrap(e, "%.*s", (int)shown.n, shown.p);
	}
	buf_addc(out, '}');
	return true;
}

/* The member in `_mdx.deid.fields`, once; of `*` no name is told. */
static void
list_field(
    struct deid_worker *w, const struct deid_rule *rule, struct slice name)
{
	const struct policy *p = w->deid->policy;
	bool own = policy_own_rule(p, name) == rule;
	size_t i = own ? (size_t)(rule - p->rules) : p->nrules;

	if (rule->class == DEID_KEEP || w->listed[i])
		return;
	w->listed[i] = true;
	json_put_key_slice(&w->fields, own ? name : SLICE("*"));
	json_put_cstring(&w->fields, deid_class_name(rule->class));
}

bool
treat_member(struct deid_worker *w, struct slice key, struct json v,
    struct buf *out, struct err *e)
{
	struct slice name = json_unescape(key, w->arena), shown;
	const struct deid_rule *rule = policy_rule(w->deid->policy, name);
	size_t begin = out->n, first = w->nmoves;

	if (rule == NULL) {
		shown = treat_shown(w, name);
		return err_data(e, "deid_undeclared",
		    "the policy does not name the member '%.*s'", (int)shown.n,
		    shown.p);
	}
	w->classes[rule->class]++;
	list_field(w, rule, name);
	if (rule->class == DEID_DROP)
		return true;
	json_put_comma(out);
	buf_addc(out, '"');
	buf_add_slice(out, key);
	buf_adds(out, "\":");
	w->member = name;
	if (slice_is(name, "indicators") && v.type == JSON_OBJECT &&
		    rule->class != DEID_NULL
		? indicators(w, rule, v, out, e)
		: treat(w, rule, v, out, e)) {
		if (v.type == JSON_STRING &&
		    (rule->class == DEID_SCAN || rule->class == DEID_KEEP))
			treat_touched(w, json_text(v, w->arena), first);
		return true;
	}
	out->n = begin;
	shown = treat_shown(w, name);
	return err_wrap(e, "member '%.*s'", (int)shown.n, shown.p);
}

/* --- the self-check ------------------------------------------------------ */

bool
treat_leaks(struct deid_worker *w, struct json v, enum label *label)
{
	const struct known *known = w->known.list;
	struct json_walk walk = json_enter(v);
	struct json inner;
	struct slice key;

	switch (v.type) {
	case JSON_STRING:
	case JSON_NUMBER:
		return find_leak(
		    json_text(v, w->arena), known, w->known.n, w->arena, label);
	case JSON_ARRAY:
		while (json_next_element(&walk, &inner))
			if (treat_leaks(w, inner, label))
				return true;
		return false;
	case JSON_OBJECT:
		while (json_next_member(&walk, &key, &inner))
			if (find_leak(json_unescape(key, w->arena), known,
				w->known.n, w->arena, label) ||
			    treat_leaks(w, inner, label))
				return true;
		return false;
	default:
		return false;
	}
}
