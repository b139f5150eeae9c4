/*
 * What was changed in the course of what is told: "初用微波针,更换为射频针",
 * "先40W,因疼痛改为25W".
 */
#include "extract/choose_part.h"

#include "extract/context_part.h"

/* Whether the words before a place put what it tells in another's place. */
static bool
is_changed_to(const struct reading *r, uint32_t at)
{
	static const struct slice words[] = { SPELT("改为"), SPELT("改用"),
		SPELT("改成"), SPELT("改以"), SPELT("改行"), SPELT("改做"),
		SPELT("调至"), SPELT("调为"), SPELT("调整为"), SPELT("调整至"),
		SPELT("升至"), SPELT("升到"), SPELT("增至"), SPELT("加至"),
		SPELT("提高至"), SPELT("提高到"), SPELT("降至"), SPELT("降到"),
		SPELT("减至"), SPELT("减为"), SPELT("更换为"), SPELT("更换"),
		SPELT("换为"), SPELT("换成"), SPELT("换用"), SPELT("转为"),
		SPELT_END };

	return context_ends_in(r, at, words);
}

bool
chooser_gives_way(const struct chooser *x, const struct field *f,
    const struct candidate *c, unsigned object)
{
	const struct reading *r = x->r;

	if (f->group < 0 || f->d->type == TYPE_DIMS ||
	    r->type->groups[f->group].how->named)
		return false;
	for (const struct candidate *k = c->next; k != NULL; k = k->next)
		if (k->from >= c->to && candidate_stands(f, k) &&
		    chooser_speaks_of(x, k, object) &&
		    reading_clause(r, k->from)->sentence ==
			reading_clause(r, c->from)->sentence &&
		    is_changed_to(r, k->from))
			return true;
	return false;
}
