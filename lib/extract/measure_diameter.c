/*
 * Diameters by their names: 三径为 before a list, 长径 before each.
 */
#include "extract/measure_part.h"

#include "base/mem.h"

#define WALL 45 /* bytes from the word for a wall to its length */

bool
measure_lists_diameters(const struct lexer *l, size_t from)
{
	static const struct slice about[] = { SPELT("分别约为"),
		SPELT("分别约"), SPELT("分别为"), SPELT("依次为"),
		SPELT("依次约"), SPELT("分别是"), SPELT("测值为"),
		SPELT("测值约"), SPELT("测值"), SPELT("约为"), SPELT("约"),
		SPELT("为"), SPELT(":"), SPELT_END };
	static const struct slice names[] = { SPELT("三径"), SPELT("长宽厚"),
		SPELT("长宽高"), SPELT("径线"), SPELT("各径"), SPELT("三径线"),
		SPELT("长宽"), SPELT("三维"), SPELT("三维径"),
		SPELT("三维径线"), SPELT("三维大小"), SPELT("长、宽、厚"),
		SPELT("长、宽、高"), SPELT("长、宽、厚径"),
		SPELT("长径、宽径、厚径"), SPELT("长径、横径、厚径"),
		SPELT("上下径、左右径、前后径"),
		SPELT("左右径、前后径、上下径"), SPELT("上下、左右、前后径"),
		SPELT("长径、横径、前后径"), SPELT("长径、短径"), SPELT_END };

	from -= lexer_behind_any(l, from, about);
	return lexer_behind_any(l, from, names) > 0;
}

/* What stands behind the measure and a sign that parts: 长4.7cm、宽1.6cm. */
static struct slice
goes_on(const struct lexer *l)
{
	static const char *const parts[] = { ",", "x", "、", NULL };
	struct slice rest = slice_span(l->s.p + l->at, l->s.p + l->s.n);

	for (size_t i = 0; parts[i] != NULL; i++)
		if (slice_starts(rest, parts[i]))
			return (struct slice){ rest.p + strlen(parts[i]),
				rest.n - strlen(parts[i]) };
	return rest;
}

/*
 * Whether a thickness behind the diameter goes on with it: 长14mm and 上下径 tell
 * of a gland or a nodule, 长径 and 长轴 also of what has a wall.
 */
static bool
is_short(const struct lexer *l, const struct measure *m)
{
	struct slice rest = slice_span(l->s.p + m->from + 3, l->s.p + m->to);

	return !slice_starts(rest, "径") && !slice_starts(rest, "轴");
}

/* "管壁增厚,长4cm,厚1.4cm": the length of a wall, and how thick it is. */
static bool
is_of_wall(const struct lexer *l, size_t at)
{
	size_t low = at < WALL ? 0 : at - WALL;

	return slice_find(slice_span(l->s.p + low, l->s.p + at), SLICE("壁")) !=
	    NULL;
}

/*
 * "长14mm宽10mm厚8mm", "长径4.6cm,宽1.6cm", "宽16厚15mm": one character is the
 * name of a diameter in a row of them alone; "长径12mm,厚3mm" tells of a wall.
 */
static size_t
short_name(const struct lexer *l, size_t at)
{
	const struct measure *last = l->n == 0 ? NULL : &l->list[l->named];
	const size_t name = at - 3;
	const bool wide = lexer_behind(l, at, "宽");
	const bool deep =
	    lexer_behind(l, at, "厚") || lexer_behind(l, at, "高");
	struct slice rest = goes_on(l);

	if (!wide && !deep && !lexer_behind(l, at, "长"))
		return SIZE_MAX;
	if ((wide || deep) && last != NULL && last->named && last->to <= name &&
	    name - last->to <= 3 &&
	    (wide || last->n > 1 ||
		(is_short(l, last) && !is_of_wall(l, last->from))))
		return name;
	return !deep &&
		((slice_starts(rest, "厚") && !is_of_wall(l, name)) ||
		    (!wide && slice_starts(rest, "宽")))
	    ? name
	    : SIZE_MAX;
}

/*
 * "长径3.1cm,前后2.0cm", "上下47mm、左右16mm": a direction is short for a
 * diameter where another goes before it or follows.
 */
static size_t
direction(const struct lexer *l, size_t at)
{
	static const struct slice sides[] = { SPELT("上下"), SPELT("前后"),
		SPELT("左右"), SPELT_END };
	struct slice rest = goes_on(l);
	bool listed = l->n > 0 && l->list[l->named].named;

	for (size_t i = 0; !listed && sides[i].n > 0; i++)
		listed = rest.n >= sides[i].n &&
		    memcmp(rest.p, sides[i].p, sides[i].n) == 0;
	return listed ? lexer_behind_any(l, at, sides) : 0;
}

size_t
measure_diameter(const struct lexer *l, size_t at)
{
	static const struct slice names[] = { SPELT("上下径"), SPELT("左右径"),
		SPELT("前后径"), SPELT("最大径"), SPELT("最小径"),
		SPELT("垂直径"), SPELT("长轴"), SPELT("短轴"), SPELT("长径"),
		SPELT("横径"), SPELT("短径"), SPELT("厚径"), SPELT("宽径"),
		SPELT("纵径"), SPELT("高径"), SPELT_END };
	static const struct slice between[] = { SPELT("约为"), SPELT("约"),
		SPELT("为"), SPELT(":"), SPELT_END };
	size_t n;

	at -= lexer_behind_any(l, at, between);
	n = lexer_behind_any(l, at, names);
	if (n == 0)
		n = direction(l, at);
	return n > 0 ? at - n : short_name(l, at);
}

static void
push(struct lexer *l, const struct measure *m)
{
	l->list = mem_room(l->list, l->n, &l->room, sizeof(*l->list));
	l->list[l->n++] = *m;
}

/*
 * "长4.7宽1.6厚1.5cm": the unit of one speaks for those that have none.  False
 * where both have one, and they are not of one dimension.
 */
static bool
share_unit(struct lexer *l, struct measure *last, struct measure *m)
{
	struct decimal v[MEASURE_VALUES];

	if (m->unit == NULL)
		m->unit = last->unit;
	else if (last->unit == NULL)
		for (size_t i = l->named; i < l->n; i++)
			l->list[i].unit = m->unit;
	else if (!measure_convert(m, last->unit, l->arena, v))
		return false;
	else
		m->value[0] = v[0];
	return true;
}

/*
 * Named diameters, one behind the other, are one set of dimensions, and each
 * of them is a length of its own besides.
 */
static bool
joins(struct lexer *l, const struct measure *m)
{
	struct measure *last = l->n == 0 ? NULL : &l->list[l->named];
	struct measure part, same = *m;
	struct slice between;

	if (last == NULL || !last->named || last->n >= MEASURE_VALUES ||
	    m->from < last->to)
		return false;
	between = slice_span(l->s.p + last->to, l->s.p + m->from);
	if ((!slice_is(between, ",") && !slice_is(between, "、") &&
		!slice_is(between, "") && !slice_is(between, ";")) ||
	    !share_unit(l, last, &same))
		return false;
	part = *last;
	part.part = true;
	last->value[last->n++] = same.value[0];
	last->to = m->to;
	if (last->kind == MEASURE_NUMBER) {
		last->kind = MEASURE_DIMS;
		push(l, &part);
	}
	part = *m;
	part.part = true;
	if (part.unit == NULL)
		part.unit = same.unit;
	push(l, &part);
	return true;
}

void
lexer_keep(struct lexer *l, const struct measure *m)
{
	if (m->named && joins(l, m))
		return;
	if (m->named)
		l->named = l->n;
	push(l, m);
}
