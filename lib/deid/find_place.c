#include "deid/letters.h"

/*
 * Plates, addresses and names of hospitals.
 */
/* 京A·12345 */
static bool
plate(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at + 2, from;

	if (!is_upper(l->code[at + 1]))
		return false;
	if (is_dot(l->code[p]) || l->code[p] == ' ' || l->code[p] == '-')
		p++;
	for (from = p; is_digit(l->code[p]) || is_upper(l->code[p]);)
		p++;
	return (p - from == 5 || p - from == 6) &&
	    found_at(f, at, p, LABEL_PLATE, "plate");
}

#define HOSPITAL_MOST 25 /* letters of its name */

/* --- addresses ----------------------------------------------------------- */

static bool
is_among(const char *letters, uint32_t c)
{
	const char *p = letters, *end = letters + strlen(letters);

	while (p < end)
		if (utf8_next(&p, end) == c)
			return true;
	return false;
}

/* Before the mark of a house there is its number. */
static bool
is_count(uint32_t c)
{
	return is_digit(c) || is_letter(c) ||
	    is_among("一二三四五六七八九十百甲乙丙丁东西南北", c);
}

/* 病区, 右下肺区, 城市, 区别: the mark is a part of another word. */
static bool
is_other_word(const struct letters *l, size_t at, size_t end)
{
	return is_among("病院肺叶区域脑颈颞枕顶额胸腹盆背腰窦肌膜底野术诊护化检"
			"供视盲疫痛压有城超集股上门夜菜",
		   l->code[at - 1]) ||
	    is_among("别域分间段场面直立", l->code[end]);
}

/* The mark of a part at the position, and its kind. */
static const struct word *
mark_at(const struct deid_words *w, const struct letters *l, size_t at)
{
	static const enum word_kind kinds[] = { WORD_REGION, WORD_ROAD,
		WORD_UNIT };
	const uint32_t any =
	    KIND(WORD_REGION) | KIND(WORD_ROAD) | KIND(WORD_UNIT);
	const struct word *longest = NULL;

	if ((words_kinds(w, l->code[at]) & any) == 0)
		return NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct word *word = words_at(w, l, at, kinds[i]);

		if (word != NULL && (longest == NULL || word->n > longest->n))
			longest = word;
	}
	if (longest == NULL ||
	    (longest->kind == WORD_UNIT && !is_count(l->code[at - 1])) ||
	    (longest->kind == WORD_REGION &&
		is_other_word(l, at, at + longest->n)))
		return NULL;
	return longest;
}

struct address {
	size_t to, regions, roads, units;
};

/* 8-3-1502, 15#2: behind the last digit; the position itself for others. */
static size_t
behind_flat(const struct letters *l, size_t at)
{
	size_t p = at, to = at, groups = 0;

	while (groups < 4) {
		size_t from = p;

		while (p < from + 4 && is_digit(l->code[p]))
			p++;
		if (p == from || is_digit(l->code[p]))
			break;
		to = p;
		groups++;
		if (!is_hyphen(l->code[p]) && l->code[p] != '#')
			break;
		p++;
	}
	return groups >= 2 ? to : at;
}

/*
 * Parts of an address, each up to its mark: 杭州市|西湖区|文三路|100号|3单元.
 */
static struct address
parts(const struct deid_words *w, const struct letters *l, size_t at)
{
	struct address a = { .to = at };
	size_t from = at;

	for (size_t p = at; p < l->n && p < at + 60 && p - from <= 14;) {
		const struct word *mark;
		uint32_t c = l->code[p];
		size_t flat;

		if (!is_han(c) && !is_digit(c) && !is_letter(c) && c != '-' &&
		    c != '#' && !(is_blank(c) && p == a.to && p > at))
			break;
		if (p > at && is_digit(c) && !is_digit(l->code[p - 1]) &&
		    (flat = behind_flat(l, p)) > p) {
			a.units++;
			p = a.to = from = flat;
			continue;
		}
		mark = p == from ? NULL : mark_at(w, l, p);
		if (mark == NULL) {
			p++;
			continue;
		}
		a.regions += mark->kind == WORD_REGION;
		a.roads += mark->kind == WORD_ROAD;
		a.units += mark->kind == WORD_UNIT;
		p += mark->n;
		a.to = from = p;
	}
	/* 3单元201 */
	while (a.roads + a.units > 0 && is_digit(l->code[a.to]))
		a.to++;
	return a;
}

size_t
find_address_end(const struct deid_words *w, const struct letters *l, size_t at)
{
	struct address a = parts(w, l, at);

	return a.regions + a.roads > 0 || a.units > 1 ||
		(a.units > 0 && is_digit(l->code[at]))
	    ? a.to
	    : at;
}

/* 杭州市第一人民医院 is a hospital, not a town. */
static bool
leads_to_hospital(
    const struct deid_words *w, const struct letters *l, size_t at)
{
	for (size_t p = at; p < at + HOSPITAL_MOST && is_han(l->code[p]); p++)
		if (words_at(w, l, p, WORD_HOSPITAL) != NULL)
			return true;
	return false;
}

static bool
address(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *place = words_at(w, l, at, WORD_PLACE);
	struct address a;

	bool led = place == NULL && at > 0 &&
	    (words_kinds(w, l->code[at - 1]) & KIND(WORD_LEAD)) != 0;

	if (place == NULL && at > l->last && is_han(l->code[at - 1]) && !led)
		return false;
	for (size_t p = at; place == NULL && !led && p < at + 5;
	     p++) /* 家住杭州市 */
		if (words_at(w, l, p, WORD_PLACE) != NULL)
			return false;
		else if (p > at && mark_at(w, l, p) != NULL)
			break;
	a = parts(w, l, at);
	if (a.to == at || leads_to_hospital(w, l, a.to))
		return false;
	if (place != NULL && a.regions + a.roads > 0 &&
	    a.regions + a.roads + a.units >= 2)
		return found_at(f, at, a.to, LABEL_ADDRESS, "address");
	return ((a.regions >= 1 && a.roads >= 1) ||
		   (a.roads >= 1 && a.units >= 1) || a.regions >= 3 ||
		   (led && (a.regions >= 2 || a.units >= 2))) &&
	    found_at(f, at, a.to, LABEL_ADDRESS, "address");
}

/* --- hospitals ----------------------------------------------------------- */

/* From its end back to what stands before a name, or to a place. */
static size_t
hospital_begin(const struct deid_words *w, const struct letters *l, size_t end,
    size_t last)
{
	size_t least = end > last + HOSPITAL_MOST ? end - HOSPITAL_MOST : last;
	size_t from = end;
	bool named = false; /* 复旦大学附属中山医院 begins at its first word */

	while (from > least &&
	    (is_han(l->code[from - 1]) || is_digit(l->code[from - 1]) ||
		is_upper(l->code[from - 1])))
		from--;
	for (size_t p = from; p < end; p++) {
		const struct word *before = words_at(w, l, p, WORD_TOWARD);

		if (words_at(w, l, p, WORD_PLACE) != NULL && !named) {
			from = p;
			named = true;
		} else if (words_at(w, l, p, WORD_INSTITUTE) != NULL) {
			named = true;
		} else if (before != NULL && p + before->n <= end && !named) {
			from = p + before->n;
		} else if (l->code[p] == 0x7684 /* 的 */) {
			from = p + 1;
			named = false;
		}
	}
	return from;
}

static bool
hospital(const struct deid_words *w, const struct letters *l, size_t at,
    size_t last, struct finding *f)
{
	const struct word *end = words_at(w, l, at, WORD_HOSPITAL);
	size_t from;
	bool named = false;

	if (end == NULL)
		return false;
	from = hospital_begin(w, l, at, last);
	for (size_t p = from; p < at; p++) {
		const struct word *vague = words_at(w, l, p, WORD_VAGUE);

		if (vague != NULL &&
		    is_among("与和及同由从至到转", l->code[p + vague->n]))
			from = p + vague->n + 1;
		else if (vague != NULL)
			return false;
		named = named || words_at(w, l, p, WORD_PLACE) != NULL ||
		    words_at(w, l, p, WORD_INSTITUTE) != NULL;
	}
	/* 转至仁德医院: a name of its own behind such a word. */
	named = named ||
	    (at <= from + 6 && from > last && is_han(l->code[from - 1]));
	named = named || (at >= last + 3 && is_digit(l->code[at - 1]));
	return named && at + end->n >= from + 3 &&
	    found_at(f, from, at + end->n, LABEL_HOSPITAL, "hospital");
}

bool
find_place(const struct deid_words *w, const struct letters *l, size_t at,
    size_t last, struct finding *f)
{
	uint32_t kinds = words_kinds(w, l->code[at]);

	if (!is_han(l->code[at]))
		return false;
	if ((kinds & KIND(WORD_PLATE)) && plate(l, at, f))
		return true;
	if ((kinds & KIND(WORD_HOSPITAL)) && hospital(w, l, at, last, f))
		return true;
	return address(w, l, at, f);
}
