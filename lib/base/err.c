#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a text at a whole UTF-8 character, for what snprintf cut by bytes. */
static void
mend_end(char *text)
{
	size_t n = strlen(text), lead = n;
	unsigned char c;

	while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80)
		lead--;
	if (lead == 0)
		return;
	c = (unsigned char)text[lead - 1];
	if ((c >= 0xF0 && n - lead < 3) || (c >= 0xE0 && n - lead < 2) ||
	    (c >= 0xC0 && n - lead < 1))
		text[lead - 1] = '\0';
}

static void
put(struct err *e, enum err_kind kind, const char *code, const char *fmt,
    va_list args)
{
	if (e == NULL)
		return;
	e->kind = kind;
	snprintf(e->code, sizeof(e->code), "%s", code);
	vsnprintf(e->text, sizeof(e->text), fmt, args);
	mend_end(e->text);
}

bool
err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	static const char *const codes[] = { "", "data", "usage", "input",
		"output", "service" };
	va_list args;

	va_start(args, fmt);
	put(e, kind, codes[kind], fmt, args);
	va_end(args);
	return false;
}

bool
err_data(struct err *e, const char *code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put(e, ERR_DATA, code, fmt, args);
	va_end(args);
	return false;
}

bool
err_sys(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	int number = errno;
	char reason[128];
	size_t n;
	va_list args;

	if (e == NULL)
		return false;
	va_start(args, fmt);
	put(e, kind, kind == ERR_OUTPUT ? "output" : "input", fmt, args);
	va_end(args);
	if (strerror_r(number, reason, sizeof(reason)) != 0)
		snprintf(reason, sizeof(reason), "error %d", number);
	n = strlen(e->text);
	snprintf(e->text + n, sizeof(e->text) - n, ": %s", reason);
	return false;
}

bool
err_wrap(struct err *e, const char *fmt, ...)
{
	char place[201], old[sizeof(e->text)];
	va_list args;

	if (e == NULL)
		return false;
	va_start(args, fmt);
	vsnprintf(place, sizeof(place), fmt, args);
	va_end(args);
	mend_end(place);
	memcpy(old, e->text, sizeof(old));
	snprintf(e->text, sizeof(e->text), "%s: %.270s", place, old);
	mend_end(e->text);
	return false;
}

int
err_worse(int a, int b)
{
	return a > b ? a : b;
}
