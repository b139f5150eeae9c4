/*
 * find - what identifies a person in a text: numbers proved by their own
 * rules, what stands behind a label, names beside titles, and the patient's
 * own values.
 *
 * Words (surnames, titles, words that only begin like a name) come from
 * SHARE/deid, are built once and then const.  Nothing is changed here.
 */
#ifndef DEID_FIND_H
#define DEID_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

enum label {
	LABEL_NAME, LABEL_STAFF, LABEL_ID_CARD, LABEL_PASSPORT, LABEL_PHONE,
	LABEL_EMAIL, LABEL_ACCOUNT, LABEL_MRN, LABEL_HEALTH_CARD,
	LABEL_BANK_CARD, LABEL_ADDRESS, LABEL_HOSPITAL, LABEL_BED,
	LABEL_PLATE, LABEL_DATE, LABEL_AGE_OVER_89, LABEL_URL, LABEL_IP,
	LABEL_OTHER_ID, LABELS
};

const char	*label_name(enum label);
bool		 label_parse(struct slice, enum label *);

/* A span of bytes. */
struct found {
	size_t		 from, to;
	enum label	 label;
	const char	*rule;		/* which finder: "title", "check_digit" */
	struct date	 date;		/* LABEL_DATE: year 0 where not whole */
};

/* A value of the patient at hand. */
struct known {
	struct slice	 text;
	enum label	 label;
	bool		 kept;		/* the policy lets it out: no leak */
};

struct deid_words;

struct deid_words *words_load(const char *share, struct table_faults *,
		    struct err *);
void		 words_free(struct deid_words *);	/* NULL is allowed */

/* Spans in their order, none overlapping, in the arena. */
size_t		 find_all(const struct deid_words *, struct slice text,
		    const struct known *, size_t nknown, struct arena *,
		    struct found **);
/*
 * Whether all of a text reads as the name of a person: two to four Chinese
 * letters that begin with a surname.  For who tells of values without knowing
 * the field: more is taken for one than in find_all.
 */
bool		 find_is_name(const struct deid_words *, struct slice text,
		    struct arena *);
/*
 * The self-check: what proves by its own form to be an identity, bank card or
 * phone number or a mail address, or is a value of the patient that the policy
 * does not keep.  More is taken for one than in find_all: better a record set
 * aside than a number let out.
 */
bool		 find_leak(struct slice text, const struct known *,
		    size_t nknown, struct arena *, enum label *);

#endif
