#include "base/pattern_branch.h"

/* Behind the class that begins at the byte; the end where it is not closed. */
static size_t
behind_class(struct slice s, size_t i)
{
	size_t first = ++i;

	if (i < s.n && s.p[i] == '^')
		first = ++i;
	while (i < s.n && (s.p[i] != ']' || i == first))
		i += s.p[i] == '\\' ? 2 : 1;
	return i < s.n ? i + 1 : s.n;
}

size_t
branch_read(struct slice pattern, struct slice *list, size_t most)
{
	static const char open[] = "(?|";
	const size_t begin = sizeof(open) - 1;
	size_t n = 0, depth = 1, from = begin, i = begin;

	list[0] = pattern;
	if (!slice_starts(pattern, open))
		return 1;
	while (i < pattern.n) {
		char c = pattern.p[i];

		if (c == '\\' && i + 1 < pattern.n && pattern.p[i + 1] == 'Q')
			break;
		if (c == '[') {
			i = behind_class(pattern, i);
			continue;
		}
		depth += c == '(';
		depth -= c == ')';
		if ((c == '|' && depth == 1) || depth == 0) {
			if (n == most)
				break;
			list[n++] = slice_span(pattern.p + from, pattern.p + i);
			from = i + 1;
		}
		if (depth == 0 && from == pattern.n)
			return n;
		if (depth == 0)
			break;
		i += c == '\\' ? 2 : 1;
	}
	list[0] = pattern;
	return 1;
}
