#include "extract/proof.h"

bool
answer_has_value(const struct answer *a)
{
	return a->status == STATUS_OK || a->status == STATUS_OUT_OF_RANGE ||
	    a->status == STATUS_NEGATED;
}

struct slice
answer_both(struct slice one, struct slice other, struct arena *arena)
{
	if (one.n == 0)
		one = SLICE("null");
	if (other.n == 0)
		other = SLICE("null");
	return slice_of(arena_printf(
	    arena, "[%.*s,%.*s]", (int)one.n, one.p, (int)other.n, other.p));
}

static void
refuse(struct answer *a, enum status status, struct slice claimed,
    struct slice why)
{
	a->status = status;
	a->claimed = claimed;
	a->why = why;
}

static void
prove(const struct proof *p, const struct piece *piece,
    const struct claim *claim, struct answer *a)
{
	const struct field *f =
	    &p->inquiry->reading->type->fields[claim->field];
	struct verifier v = { p->inquiry->reading, p->found, p->sources,
		p->nsources, p->answers };
	struct claim_made made = { .field = f,
		.object = claim->object,
		.value = claim->value,
		.quotes = claim->quotes,
		.nquotes = claim->nquotes,
		.absent = claim->stance == STANCE_ABSENT,
		.uncertain = claim->stance == STANCE_UNCERTAIN };

	*a = (struct answer){ .d = f->d,
		.key = f->key,
		.object = claim->object,
		.group = f->group < 0 ? 0 : (unsigned)f->group,
		.engine = ENGINE_LLM,
		.model = p->model };
	if (claim->twice)
		refuse(
		    a, STATUS_CONFLICT, claim->value.text, SLICE("said_twice"));
	else if (claim->misshapen)
		refuse(a, STATUS_UNGROUNDED, claim->value.text,
		    SLICE("misshapen"));
	else if (claim->nquotes > 0 &&
	    (claim->value.type != JSON_NULL || made.absent))
		verify(&v, &made, a);
	else if (claim->value.type != JSON_NULL)
		refuse(
		    a, STATUS_UNGROUNDED, claim->value.text, SLICE("no_quote"));
	if (piece->reasoned && a->status != STATUS_ABSENT && a->why.n == 0)
		a->why = SLICE("from_reasoning");
}

/* Rows of one more object of a group, all of them empty. */
static void
add_object(const struct proof *p, int group)
{
	const struct reading *r = p->inquiry->reading;
	unsigned number = ++p->answers->groups[group].nobjects;

	for (size_t i = 0; i < r->type->nfields; i++) {
		struct answer *a;

		if (r->type->fields[i].group != group)
			continue;
		a = answers_add(p->answers, r->arena);
		a->d = r->type->fields[i].d;
		a->key = r->type->fields[i].key;
		a->object = number;
		a->group = (unsigned)group;
		a->engine = ENGINE_RULE;
	}
}

/*
 * The next object of a group comes to be only where something that is said
 * of it is proved: an invented lesion leaves no trace in the indicators.
 */
static bool
object_exists(
    const struct proof *p, const struct piece *piece, const struct claim *one)
{
	const struct field *fields = p->inquiry->reading->type->fields;
	int group = fields[one->field].group;
	unsigned known = p->answers->groups[group].nobjects;
	struct answer a;

	if (one->object <= known)
		return true;
	if (one->object != known + 1 || one->object > READING_OBJECTS)
		return false;
	for (size_t i = 0; i < piece->nclaims; i++) {
		const struct claim *c = &piece->claims[i];

		if (c->object != one->object || fields[c->field].group != group)
			continue;
		prove(p, piece, c, &a);
		if (answer_has_value(&a)) {
			add_object(p, group);
			return true;
		}
	}
	return false;
}

/* What a second piece says of what a first one has answered. */
static void
join_pieces(struct answer *first, const struct answer *second, struct arena *a)
{
	if (second->status == STATUS_ABSENT || first->status == STATUS_CONFLICT)
		return;
	if (!answer_has_value(second)) {
		if (!answer_has_value(first))
			*first = *second;
		return;
	}
	if (!answer_has_value(first)) {
		*first = *second;
		return;
	}
	if (first->status == second->status &&
	    slice_eq(first->value, second->value))
		return;
	refuse(first, STATUS_CONFLICT,
	    answer_both(first->value, second->value, a), SLICE("two_pieces"));
	first->value = SLICE("");
	if (first->evidence != NULL)
		first->evidence->next = second->evidence;
}

static void
prove_piece(
    const struct proof *p, const struct piece *piece, struct answers *out)
{
	struct arena *arena = p->inquiry->reading->arena;

	for (size_t i = 0; i < piece->nclaims; i++) {
		const struct claim *c = &piece->claims[i];
		struct answer proved, *mine;

		if (!piece->fields[c->field] ||
		    (c->object > 0 && !object_exists(p, piece, c)))
			continue;
		prove(p, piece, c, &proved);
		mine = answers_find(out, proved.d, proved.object);
		if (mine == NULL)
			*answers_add(out, arena) = proved;
		else
			join_pieces(mine, &proved, arena);
	}
}

/* What the piece should have answered, unless another one did. */
static void
fail_piece(
    const struct proof *p, const struct piece *piece, struct answers *out)
{
	const struct reading *r = p->inquiry->reading;

	for (size_t i = 0; i < p->answers->n; i++) {
		const struct answer *row = &p->answers->list[i];
		struct answer *a;
		size_t k = 0;

		while (k < r->type->nfields && r->type->fields[k].d != row->d)
			k++;
		if (k == r->type->nfields || !piece->fields[k])
			continue;
		a = answers_find(out, row->d, row->object);
		if (a != NULL && a->status != STATUS_ABSENT)
			continue;
		if (a == NULL)
			a = answers_add(out, r->arena);
		*a = *row;
		refuse(a, STATUS_FAILED, SLICE(""), piece->why);
		a->engine = ENGINE_LLM;
		a->value = SLICE("");
		a->evidence = NULL;
		a->rule = 0;
	}
}

void
prove_vote(const struct proof *p, unsigned vote, struct answers *out)
{
	for (const struct piece *i = p->inquiry->pieces; i != NULL; i = i->next)
		if (i->vote == vote && i->answered)
			prove_piece(p, i, out);
	for (const struct piece *i = p->inquiry->pieces; i != NULL; i = i->next)
		if (i->vote == vote && !i->answered)
			fail_piece(p, i, out);
}
