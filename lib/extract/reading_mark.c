/*
 * Marks behind a word that say yes or no of it.
 */
#include "extract/reading.h"

static struct slice
behind_colon(struct slice s)
{
	while (s.n > 0 && (*s.p == ':' || *s.p == '|'))
		s = (struct slice){ s.p + 1, s.n - 1 };
	return s;
}

/*
 * "咳嗽(+)", "空洞-", "实变 | 无", "A、B均无": 1 or -1 by the mark behind a word,
 * or 0.
 */
int
reading_mark(const struct reading *r, uint32_t at)
{
	static const struct {
		const char *word;
		int means;
	} marks[] = { { "(+)", 1 }, { "(-)", -1 }, { "阳性", 1 },
		{ "阴性", -1 }, { "+", 1 }, { "-", -1 }, { "无", -1 },
		{ "否", -1 }, { "有", 1 }, { "是", 1 }, { "(无)", -1 },
		{ "(有)", 1 }, { "(否)", -1 }, { "(是)", 1 }, { "none", -1 },
		{ "None", -1 }, { "negative", -1 }, { "absent", -1 },
		{ "no", -1 } };
	static const char *const ends[] = { ",", ";", "。", "\n", "|", ".",
		"、", ")", "/", NULL };
	static const char *const labels[] = { "值", "结果", "结论", "描述",
		"情况", NULL };
	const struct view *v = &r->view;
	struct slice rest = slice_span(v->text.p + at, v->text.p + v->text.n);

	rest = behind_colon(rest);
	if (slice_starts(rest, "均"))
		rest = (struct slice){ rest.p + 3, rest.n - 3 };
	for (size_t i = 0; labels[i] != NULL; i++)
		if (slice_starts(rest, labels[i]) &&
		    rest.n > strlen(labels[i]) &&
		    rest.p[strlen(labels[i])] == ':')
			rest = behind_colon(
			    (struct slice){ rest.p + strlen(labels[i]),
				rest.n - strlen(labels[i]) });
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i].word);
		size_t end = (size_t)(rest.p - v->text.p) + n;

		if (!slice_starts(rest, marks[i].word))
			continue;
		if (marks[i].word[0] == '(' || end == v->text.n || v->gap[end])
			return marks[i].means;
		for (size_t k = 0; ends[k] != NULL; k++)
			if (slice_starts(
				(struct slice){ rest.p + n, rest.n - n },
				ends[k]))
				return marks[i].means;
		return 0;
	}
	return 0;
}

/* Where the words that stand at a place end, one behind the other. */
static uint32_t
end_of_words(const struct reading *r, uint32_t at)
{
	uint32_t end = at;

	for (size_t k = reading_first_hit(r, at);
	     k < r->nhits && r->hits[k].from <= end; k++) {
		enum role role = reading_word(r, &r->hits[k])->role;

		if (r->hits[k].to > end &&
		    (role == ROLE_ANCHOR || role == ROLE_SUBJECT))
			end = r->hits[k].to;
	}
	return end;
}

uint32_t
reading_behind_list(const struct reading *r, uint32_t at)
{
	static const char *const links[] = { "/", "、", "及", "和", "与",
		NULL };
	const struct slice s = r->view.text;
	uint32_t end = at;
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; links[i] != NULL && !more; i++) {
			uint32_t item = end + (uint32_t)strlen(links[i]);

			if (slice_starts(
				slice_span(s.p + end, s.p + s.n), links[i]) &&
			    end_of_words(r, item) > item) {
				end = end_of_words(r, item);
				more = true;
			}
		}
	}
	return end < s.n &&
		(s.p[end] == ':' ||
		    slice_starts(slice_span(s.p + end, s.p + s.n), "均") ||
		    slice_starts(slice_span(s.p + end, s.p + s.n), "无"))
	    ? end
	    : at;
}
