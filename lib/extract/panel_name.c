/*
 * The names of a panel in a text, and how far what is said of each goes.
 */
#include "extract/panel_part.h"
#include "extract/panel_result.h"

#define LONGEST 160 /* bytes from a name to its result */

bool
panel_is_name(const struct panel *p, const struct hit *h)
{
	const struct view *v = &p->r->view;
	const struct word *w = reading_word(p->r, h);
	uint32_t to = h->to;

	if (w->role != ROLE_ANCHOR || !p->r->type->fields[w->field].panel)
		return false;
	if (h->from > 0 && panel_is_letter(panel_byte(v, h->from)) &&
	    panel_is_digit(panel_byte(v, h->from - 1)) && !v->gap[h->from])
		return false;
	if (!panel_is_digit(panel_byte(v, to)) || v->gap[to])
		return true;
	/* "CD3" is no name in "CD34", nor "CK" in "CK7"; "ER80%" holds one. */
	if (panel_is_digit(panel_byte(v, to - 1)))
		return false;
	while (panel_is_digit(panel_byte(v, to)) || panel_byte(v, to) == '.')
		to++;
	return !panel_is_letter(panel_byte(v, h->to - 1)) ||
	    panel_byte(v, to) == '%';
}

void
panel_names(struct panel *p)
{
	p->stains =
	    arena_alloc(p->r->arena, (p->r->nhits + 1) * sizeof(*p->stains));
	for (size_t i = 0; i < p->r->nhits; i++) {
		const struct hit *h = &p->r->hits[i];

		if ((p->n == 0 || h->from >= p->stains[p->n - 1].to) &&
		    panel_is_name(p, h))
			p->stains[p->n++] = (struct stain){ h->from, h->to, i };
	}
}

/* "V600E", "L858R": a change of a gene, and no name. */
static bool
is_mutation(const struct view *v, uint32_t at)
{
	uint32_t digits = at + 1;

	while (panel_is_digit(panel_byte(v, digits)))
		digits++;
	return digits > at + 2 && panel_is_letter(panel_byte(v, digits));
}

/* ",C-MYC(40%+)": a name that the panel does not have begins its own. */
static bool
begins_name(const struct view *v, uint32_t at)
{
	if (panel_byte(v, at) == ',')
		at++;
	else if (slice_starts(
		     slice_span(v->text.p + at, v->text.p + v->text.n), "、"))
		at += 3;
	else
		return false;
	return panel_is_letter(panel_byte(v, at)) &&
	    (panel_is_letter(panel_byte(v, at + 1)) ||
		panel_is_digit(panel_byte(v, at + 1)) ||
		panel_byte(v, at + 1) == '-') &&
	    !is_mutation(v, at);
}

uint32_t
panel_end_of(const struct panel *p, size_t i)
{
	static const char *const ends[] = { "。", ";", "\n", "阳性对照",
		"阴性对照", "对照", "建议", "未做", "未查", "未检测", "待",
		"已申请", "另报", NULL };
	static const char *const found[] = { "未检测到", "未查见", NULL };
	const struct view *v = &p->r->view;
	uint32_t at = p->stains[i].to, limit = at + LONGEST;
	int depth = 0;

	if (i + 1 < p->n && p->stains[i + 1].from < limit)
		limit = p->stains[i + 1].from;
	if (limit > v->text.n)
		limit = (uint32_t)v->text.n;
	for (; at < limit; at++) {
		int c = panel_byte(v, at);

		depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
		if ((depth == 0 && begins_name(v, at)) ||
		    (panel_begins(v, at, ends) != NULL &&
			panel_begins(v, at, found) == NULL))
			break;
	}
	return at;
}
