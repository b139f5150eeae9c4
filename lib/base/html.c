#include "base/html.h"

static const char *
reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void
html_put(struct buf *b, struct slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		const char *name = reference(text.p[i]);

		if (name != NULL)
			buf_adds(b, name);
		else if (c >= ' ' || c == '\n' || c == '\t')
			buf_addc(b, text.p[i]);
	}
}
