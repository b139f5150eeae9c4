#include "io/table.h"

#define SNIFF_BYTES (1 << 20)

struct fit {
	size_t width, rows, equal;
};

/* How the rows divide by one delimiter; the last may be cut off. */
static struct fit
try_delimiter(struct slice text, const struct dialect *d)
{
	struct framer *f = framer_new_memory(d, text);
	struct splitter *s = splitter_new(d);
	struct fit fit = { 0 };
	struct frame row;

	while (framer_next(f, &row, NULL) && row.kind != FRAME_END) {
		const struct slice *fields;
		size_t n;

		if (row.kind != FRAME_RECORD ||
		    (row.next == text.n && row.to == row.next && fit.rows > 0))
			continue;
		if (!splitter_cut(s, row.bytes, &fields, &n, NULL))
			continue;
		if (fit.rows++ == 0)
			fit.width = n;
		fit.equal += n == fit.width;
	}
	framer_free(f);
	splitter_free(s);
	return fit;
}

char
dialect_sniff(struct slice text, const struct dialect *given)
{
	static const char candidates[] = { ',', '\t', ';', '|', '^', 1 };
	struct dialect d = *given;
	struct fit best = { 0 };
	char found = ',';

	if (text.n > SNIFF_BYTES)
		text.n = SNIFF_BYTES;
	for (size_t i = 0; i < sizeof(candidates); i++) {
		struct fit fit;

		d.delimiter = candidates[i];
		fit = try_delimiter(text, &d);
		if (fit.width < 2 || fit.equal < fit.rows)
			continue;
		if (fit.width > best.width) {
			best = fit;
			found = candidates[i];
		}
	}
	return found;
}
