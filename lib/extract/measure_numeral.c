/*
 * Quantities in Chinese numerals.
 */
#include "extract/measure_part.h"

#include <stdio.h>

#include "extract/numeral.h"

/* "两枚", "三个肺叶": a thing of a kind that is counted follows. */
static bool
is_counted(const struct lexer *l)
{
	static const char *const kinds[] = { "枚", "处", "叶", "颗", "粒", "灶",
		"个肺叶", "个结节", "个小结节", "个实性", "个囊", "个低回声",
		"个磨玻璃", "个肿块", "个病灶", "个癌灶", "个叶", NULL };
	struct slice rest = slice_span(l->s.p + l->at, l->s.p + l->s.n);

	for (size_t i = 0; kinds[i] != NULL; i++)
		if (slice_starts(rest, kinds[i]))
			return true;
	return false;
}

/*
 * "三天", "半月", "两周余", "两枚"; of other units and things characters say too
 * much.
 */
void
measure_numeral(struct lexer *l)
{
	static const char *const names[] = { "星期", "周", "礼拜", NULL };
	struct measure m = { .from = (uint32_t)l->at, .n = 1 };
	struct slice rest = { l->s.p + l->at, l->s.n - l->at };
	size_t from = l->at, n;
	unsigned twice = numeral_at(rest, &n);
	char text[16];
	struct err e;
	bool more;

	if (twice == 0) {
		l->at++;
		return;
	}
	l->at += n;
	for (size_t i = 0; names[i] != NULL; i++)
		if (lexer_behind(l, from, names[i]))
			return;
	more = lexer_and_more(l);
	if (!is_counted(l)) {
		lexer_takes(l, "个");
		m.unit = lexer_unit(l);
		if (m.unit == NULL || m.unit->dimension != DIM_TIME) {
			l->at = from + n;
			return;
		}
		if (lexer_takes(l, "余") || lexer_takes(l, "多"))
			more = true;
	}
	snprintf(text, sizeof(text), "%u.%u", twice / 2, twice % 2 * 5);
	if (!decimal_parse(slice_of(text), l->arena, &m.value[0], &e))
		return;
	m.value[0] = decimal_strip(&m.value[0]);
	if (more)
		measure_open_upwards(&m);
	m.to = (uint32_t)l->at;
	lexer_keep(l, &m);
}
