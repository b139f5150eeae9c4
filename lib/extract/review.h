/*
 * review - the loop with a person: what is doubtful goes out as a CSV file,
 * and comes back filled.
 *
 *	key,path,name,value,unit,status,why,quote,context,claimed,
 *	new_value,reviewer,note
 *
 * key is `_mdx.id`, else the members of --on.  UTF-8 with a byte order mark,
 * so that a spreadsheet opens it; cells that would be formulas are guarded.
 */
#ifndef EXTRACT_REVIEW_H
#define EXTRACT_REVIEW_H

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "extract/filled.h"
#include "extract/settings.h"
#include "record/run.h"

struct review_export {
	const struct catalogue *catalogue;
	struct strings	 on;
	/* So many of a million other records by the digest of their key. */
	unsigned	 sample;
	uint64_t	 rows, reviewed;	/* counted */
};

struct review_apply {
	const struct catalogue *catalogue;
	const struct filled *filled;
	struct strings	 on;
	uint64_t	 applied, open, reviewed;	/* counted */
};

/*
 * Both run over the operands.  What cannot be applied (unknown_key,
 * unknown_path, bad_value, no_reviewer) is set aside by its line of the file.
 */
bool		 review_export(struct run *, char *const *operands,
		    struct review_export *, struct err *);
bool		 review_apply(struct run *, char *const *operands,
		    struct review_apply *, struct err *);
/* "10%", "0.5%": of a million; false where it is no share. */
bool		 review_share(const char *text, unsigned *of_million);

/* Private: what both ends ask of a record; to be freed with index_free. */
struct index	*review_names(struct strings on);

#endif
