#include "deid/letters.h"

/*
 * Beds, as wards write them.
 */
/* 床旁, 床上: what goes on behind 床. */
bool
is_beside_bed(uint32_t c)
{
	static const uint32_t places[] = { 0x65C1 /* 旁 */, 0x8FB9 /* 边 */,
		0x4E0A /* 上 */, 0x4E0B /* 下 */, 0x57AB /* 垫 */,
		0x65E5 /* 日 */ };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (places[i] == c)
			return true;
	return false;
}

/* 二病区12床, 东区3床, 加2床: what stands before the number belongs to it. */
static size_t
bed_begin(const struct letters *l, size_t at)
{
	size_t p = at, q;

	if (p > l->last && l->code[p - 1] == 0x52A0 /* 加 */)
		return p - 1;
	if (p == l->last ||
	    (l->code[p - 1] != 0x533A /* 区 */ &&
		l->code[p - 1] != 0x5BA4 /* 室 */ &&
		l->code[p - 1] != 0x697C /* 楼 */ &&
		l->code[p - 1] != 0x623F /* 房 */))
		return at;
	for (p--; p > l->last && l->code[p - 1] == 0x75C5 /* 病 */;)
		p--;
	q = p;
	while (q > l->last && q + 3 > p &&
	    (han_digit(l->code[q - 1]) >= 0 || is_letter(l->code[q - 1]) ||
		l->code[q - 1] == 0x5341 /* 十 */ ||
		l->code[q - 1] == 0x4E1C /* 东 */ ||
		l->code[q - 1] == 0x897F /* 西 */ ||
		l->code[q - 1] == 0x5357 /* 南 */ ||
		l->code[q - 1] == 0x5317 /* 北 */))
		q--;
	return q < p ? q : at;
}

/* 16bed */
static bool
is_english_bed(const struct letters *l, size_t at)
{
	return (l->code[at] | 0x20) == 'b' && l->code[at + 1] == 'e' &&
	    l->code[at + 2] == 'd' && !is_letter(l->code[at + 3]);
}

/* 12床, 15号床, A12床, +3床, 12-3床, 3病区12床, 302室2床; not 床旁. */
bool
find_bed(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at, digits;

	while (p < at + 4 && is_upper(l->code[p]))
		p++;
	if (l->code[p] == '+' || (p > at && is_hyphen(l->code[p])))
		p++;
	for (int groups = 0;; groups++) {
		for (digits = 0; is_digit(l->code[p]) && digits < 4; digits++)
			p++;
		if (digits == 0 || digits == 4)
			return false;
		if (l->code[p] == '#' || l->code[p] == 0x53F7 /* 号 */ ||
		    l->code[p] == 0x75C5 /* 病 */)
			p++;
		if (l->code[p] == ' ' && l->code[p + 1] == 0x5E8A)
			p++;
		if (l->code[p] == 0x5E8A /* 床 */)
			break;
		if (is_english_bed(l, p)) {
			p += 2;
			break;
		}
		if (groups == 2 ||
		    (!is_hyphen(l->code[p]) && l->code[p] != '/' &&
			l->code[p] != 0x533A /* 区 */ &&
			l->code[p] != 0x5BA4 /* 室 */ &&
			l->code[p] != 0x697C /* 楼 */ &&
			l->code[p] != 0x623F /* 房 */))
			return false;
		p++;
	}
	if (is_beside_bed(l->code[p + 1]))
		return false;
	if (l->code[p + 1] == 0x4F4D /* 位 */)
		p++;
	return found_at(f, bed_begin(l, at), p + 1, LABEL_BED, "bed");
}

/* The end of a field: a wall, a wide gap, the end of the line, a label. */
static bool
field_ends(const struct deid_words *w, const struct letters *l, size_t at)
{
	size_t p = behind_blanks(l, at);

	return p == l->n || is_line_end(l->code[p]) || l->code[p] == '|' ||
	    p > at + 1 ||
	    (p > at &&
		(words_at(w, l, p, WORD_LABEL) != NULL ||
		    words_at(w, l, p, WORD_NUMBER) != NULL));
}

/* ICU 7, 床 加6: a field of its own behind the ward or the word. */
bool
find_ward_bed(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *ward = words_at(w, l, at, WORD_WARD);
	size_t from, p, digits = 0;

	if (ward == NULL ||
	    (at > 0 && (is_han(l->code[at - 1]) || is_letter(l->code[at - 1]))))
		return false;
	from = p = behind_blanks(l, at + ward->n);
	if (from == at + ward->n)
		return false;
	if (l->code[p] == '+' || l->code[p] == 0x52A0 /* 加 */)
		p++;
	while (p < from + 3 && is_upper(l->code[p]))
		p++;
	while (digits < 6 &&
	    (is_digit(l->code[p]) ||
		(digits > 0 && is_hyphen(l->code[p]) &&
		    is_digit(l->code[p + 1]))))
		digits += is_digit(l->code[p++]);
	return digits > 0 && digits < 6 && field_ends(w, l, p) &&
	    found_at(f, from, p, LABEL_BED, "ward");
}
