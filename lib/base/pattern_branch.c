#include "base/pattern_branch.h"

size_t
branch_behind_class(struct slice s, size_t i)
{
	size_t first = ++i;

	if (i < s.n && s.p[i] == '^')
		first = ++i;
	while (i < s.n && (s.p[i] != ']' || i == first))
		i += s.p[i] == '\\' ? 2 : 1;
	return i < s.n ? i + 1 : s.n;
}

/* Whether the bracket at the byte opens a group with a number. */
static bool
has_number(struct slice s, size_t i)
{
	struct slice rest = slice_span(s.p + i, s.p + s.n);

	return !slice_starts(rest, "(?:") && !slice_starts(rest, "(?=") &&
	    !slice_starts(rest, "(?!") && !slice_starts(rest, "(?<=") &&
	    !slice_starts(rest, "(?<!") && !slice_starts(rest, "(?i:") &&
	    !slice_starts(rest, "(?>");
}

size_t
branch_read(
    struct slice pattern, bool numbered, struct slice *list, size_t most)
{
	static const char open[] = "(?|";
	const bool reset = slice_starts(pattern, open);
	/* Of what is opened by (?| the bracket that closes it ends the last. */
	const size_t end = pattern.n - reset;
	size_t n = 0, depth = 0, from = reset ? sizeof(open) - 1 : 0, i = from;

	for (; i < end; i += pattern.p[i] == '\\' ? 2 : 1) {
		char c = pattern.p[i];

		if (c == '[')
			i = branch_behind_class(pattern, i) - 1;
		else if (c == '(' && !reset && !numbered &&
		    has_number(pattern, i))
			break;
		else if (c == '\\' && i + 1 < end && pattern.p[i + 1] == 'Q')
			break;
		depth += c == '(';
		if (c == ')' && depth-- == 0)
			break;
		if (c != '|' || depth > 0)
			continue;
		if (n + 1 == most)
			break;
		list[n++] = slice_span(pattern.p + from, pattern.p + i);
		from = i + 1;
	}
	if (i == end && depth == 0 && (!reset || pattern.p[end] == ')')) {
		list[n++] = slice_span(pattern.p + from, pattern.p + end);
		return n;
	}
	list[0] = pattern;
	return 1;
}
