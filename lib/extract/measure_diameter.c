/*
 * Diameters by their names: 三径为 before a list, 长径 before each.
 */
#include "extract/measure_part.h"

#include "base/mem.h"

bool
measure_lists_diameters(const struct lexer *l, size_t from)
{
	static const char *const about[] = { "分别约为", "分别约", "分别为",
		"依次为", "依次约", "分别是", "测值为", "测值约", "测值",
		"约为", "约", "为", ":", NULL };
	static const char *const names[] = { "三径", "长宽厚", "长宽高", "径线",
		"各径", "三径线", "长宽", "三维", "三维径", "三维径线",
		"三维大小", "长、宽、厚", "长、宽、高", "长、宽、厚径",
		"长径、宽径、厚径", "长径、横径、厚径",
		"上下径、左右径、前后径", "左右径、前后径、上下径",
		"上下、左右、前后径", "长径、横径、前后径", "长径、短径",
		NULL };

	for (size_t i = 0; about[i] != NULL; i++)
		if (lexer_behind(l, from, about[i])) {
			from -= strlen(about[i]);
			break;
		}
	for (size_t i = 0; names[i] != NULL; i++)
		if (lexer_behind(l, from, names[i]))
			return true;
	return false;
}

/*
 * "长14mm宽10mm厚8mm", "长径4.6cm,宽1.6cm": one character is the name of a
 * diameter in a row of them alone; "长径12mm,厚3mm" tells of a wall.
 */
static size_t
short_name(const struct lexer *l, size_t at)
{
	static const char *const next[] = { "宽", "厚", "高", NULL };
	const struct measure *last = l->n == 0 ? NULL : &l->list[l->named];
	struct slice rest = slice_span(l->s.p + l->at, l->s.p + l->s.n);
	size_t name = at - 3;

	if (at < 3)
		return SIZE_MAX;
	for (size_t i = 0; next[i] != NULL; i++)
		if (lexer_behind(l, at, next[i]))
			return last != NULL && last->named &&
				last->n > (i > 0) && last->to <= name &&
				name - last->to <= 3
			    ? name
			    : SIZE_MAX;
	if (!lexer_behind(l, at, "长"))
		return SIZE_MAX;
	if (slice_starts(rest, ",") || slice_starts(rest, "x"))
		rest = (struct slice){ rest.p + 1, rest.n - 1 };
	else if (slice_starts(rest, "、"))
		rest = (struct slice){ rest.p + 3, rest.n - 3 };
	return slice_starts(rest, "宽") ? name : SIZE_MAX;
}

size_t
measure_diameter(const struct lexer *l, size_t at)
{
	static const char *const names[] = { "上下径", "左右径", "前后径",
		"最大径", "最小径", "垂直径", "长轴", "短轴", "长径", "横径",
		"短径", "厚径", "宽径", "纵径", "高径", NULL };
	static const char *const between[] = { "约为", "约", "为", ":", NULL };

	for (size_t i = 0; between[i] != NULL; i++)
		if (lexer_behind(l, at, between[i])) {
			at -= strlen(between[i]);
			break;
		}
	for (size_t i = 0; names[i] != NULL; i++)
		if (lexer_behind(l, at, names[i]))
			return at - strlen(names[i]);
	return short_name(l, at);
}

static void
push(struct lexer *l, const struct measure *m)
{
	l->list = mem_room(l->list, l->n, &l->room, sizeof(*l->list));
	l->list[l->n++] = *m;
}

/*
 * Named diameters, one behind the other, are one set of dimensions, and each
 * of them is a length of its own besides.
 */
static bool
joins(struct lexer *l, const struct measure *m)
{
	struct measure *last = l->n == 0 ? NULL : &l->list[l->named];
	struct measure part;
	struct slice between;
	struct decimal v[MEASURE_VALUES];

	if (last == NULL || !last->named || last->n >= MEASURE_VALUES ||
	    last->unit == NULL || m->unit == NULL || m->from < last->to ||
	    !measure_convert(m, last->unit, l->arena, v))
		return false;
	between = slice_span(l->s.p + last->to, l->s.p + m->from);
	if (!slice_is(between, ",") && !slice_is(between, "、") &&
	    !slice_is(between, "") && !slice_is(between, ";"))
		return false;
	part = *last;
	part.part = true;
	last->value[last->n++] = v[0];
	last->to = m->to;
	if (last->kind == MEASURE_NUMBER) {
		last->kind = MEASURE_DIMS;
		push(l, &part);
	}
	part = *m;
	part.part = true;
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
