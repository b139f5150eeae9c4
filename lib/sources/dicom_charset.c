#include "sources/dicom_text.h"

#include <stdio.h>
#include <string.h>

/* Behind "ISO_IR " or "ISO 2022 IR "; NULL is ASCII. */
static const struct term {
	const char *number, *encoding;
} terms[] = {
	{ "6", NULL },
	{ "100", "ISO-8859-1" },
	{ "101", "ISO-8859-2" },
	{ "109", "ISO-8859-3" },
	{ "110", "ISO-8859-4" },
	{ "144", "ISO-8859-5" },
	{ "127", "ISO-8859-6" },
	{ "126", "ISO-8859-7" },
	{ "138", "ISO-8859-8" },
	{ "148", "ISO-8859-9" },
	{ "203", "ISO-8859-15" },
	{ "166", "TIS-620" },
	{ "13", DICOM_HALFWIDTH },
	{ "192", "UTF-8" },
	{ "58", "GB18030" },
	{ "149", "EUC-KR" },
	{ "87", NULL },
	{ "159", NULL },
};

static bool
term_find(struct slice term, const char **encoding)
{
	static const char *const heads[] = { "ISO_IR ", "ISO 2022 IR ",
		"ISO-IR ", "ISO2022 IR " };

	*encoding = "GB18030";
	term = slice_trim(term);
	if (slice_is(term, "GB18030") || slice_is(term, "GBK") ||
	    slice_is(term, "GB2312"))
		return true;
	for (size_t h = 0; h < sizeof(heads) / sizeof(heads[0]); h++) {
		struct slice rest = term;

		if (!slice_starts(term, heads[h]))
			continue;
		rest.p += strlen(heads[h]);
		rest.n -= strlen(heads[h]);
		for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
			*encoding = terms[i].encoding;
			if (slice_is(rest, terms[i].number))
				return true;
		}
	}
	*encoding = NULL;
	return false;
}

void
dicom_text_set(struct dicom_text *t, struct slice declared)
{
	struct dicom_charset *set = &t->set;
	struct slice first = { "", 0 }, rest = declared;

	snprintf(
	    set->name, sizeof(set->name), "%.*s", (int)declared.n, declared.p);
	set->extended = memchr(declared.p, '\\', declared.n) != NULL ||
	    slice_find(declared, SLICE("2022")) != NULL;
	/* An empty first value is ASCII with extensions behind it. */
	if (declared.n > 0 && declared.p[0] != '\\')
		slice_next(&rest, '\\', &first);
	term_find(first, &set->single);
	set->other = NULL;
	while (set->other == NULL && slice_next(&rest, '\\', &first))
		term_find(first, &set->other);
}

static bool
are_terms(struct slice all)
{
	const char *encoding;
	struct slice one;

	if (all.n > 0 && all.p[0] == '\\') {
		all.p++;
		all.n--;
	}
	while (slice_next(&all, '\\', &one))
		if (!term_find(one, &encoding))
			return false;
	return true;
}

bool
dicom_text_default(struct dicom_text *t, const char *charset, struct err *e)
{
	static const char *const names[] = { "GB18030", "GBK", "GB2312",
		"ISO_IR 6", "ISO_IR 13", "ISO_IR 100", "ISO_IR 101",
		"ISO_IR 109", "ISO_IR 110", "ISO_IR 126", "ISO_IR 127",
		"ISO_IR 138", "ISO_IR 144", "ISO_IR 148", "ISO_IR 166",
		"ISO_IR 192", "ISO_IR 203", NULL };
	const char *near;

	if (charset[0] != '\0' && are_terms(slice_of(charset))) {
		dicom_text_set(t, slice_of(charset));
		return true;
	}
	if (charset[0] != '\0' &&
	    encodings_find(t->encodings, charset) != NULL) {
		snprintf(t->set.name, sizeof(t->set.name), "%s", charset);
		t->set.single = charset;
		return true;
	}
	near = slice_suggest(slice_of(charset), names);
	if (near != NULL)
		return err_set(e, ERR_USAGE,
		    "--charset: unknown character set '%s' (did you mean "
		    "'%s'?)",
		    charset, near);
	return err_set(e, ERR_USAGE,
	    "--charset: unknown character set '%s' (such as GB18030 or "
	    "'ISO_IR 192')",
	    charset);
}

bool
dicom_text_knows(const char *charset, struct err *e)
{
	struct encodings encodings = { 0 };
	struct dicom_text t;
	bool ok;

	dicom_text_init(&t, &encodings);
	ok = dicom_text_default(&t, charset, e);
	encodings_release(&encodings);
	return ok;
}

const char *
dicom_text_name(const struct dicom_text *t, char room[192])
{
	const char *declared = t->set.name;

	if (t->guessed == 0)
		return declared[0] == '\0' ? NULL : declared;
	snprintf(room, 192, "%s%s%s", declared,
	    declared[0] == '\0' ? "" : " as ", t->guessed_as);
	return room;
}
