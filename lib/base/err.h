/*
 * err - what went wrong, in one line, and which exit status it means.
 *
 * A struct err lives with the caller, zero at first, and is written only on
 * failure.  The kind is the exit status of the contract; the code is one of
 * the words with underscores that rejects and reports carry (mdx-report(5)).
 * Text: lower case, place first, no full stop, never a patient's value.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_kind {
	ERR_NONE = 0,
	ERR_DATA = 1,		/* a bad record, or the answer is no */
	ERR_USAGE = 2,		/* usage, or an invalid table, rule or spec */
	ERR_INPUT = 3,		/* an input that cannot be read or is cut off */
	ERR_OUTPUT = 4,		/* an output that cannot be written */
	ERR_SERVICE = 5		/* a service that refuses, a lock held */
};

struct err {
	enum err_kind	 kind;
	char		 code[32];
	char		 text[480];
};

/* For where zeroing all of it would be felt: once a value, once a record. */
static inline void
err_clear(struct err *e)
{
	e->kind = ERR_NONE;
	e->code[0] = e->text[0] = '\0';
}

/* Each returns false, so that `return err_set(...)` reads well. */
bool	err_set(struct err *, enum err_kind, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* A bad record (ERR_DATA), with the code that its reject carries. */
bool	err_data(struct err *, const char *code, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* As err_set with ": " and the text of errno behind it. */
bool	err_sys(struct err *, enum err_kind, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* Puts "place: " before the text. */
bool	err_wrap(struct err *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* The status to give where several apply: the highest of 1, 3, 4, 5. */
int	err_worse(int a, int b);

#endif
