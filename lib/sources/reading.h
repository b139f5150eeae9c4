/*
 * reading - pinyin initials read word by word: SXKSRQ is 输血, 开始, 日期.
 *
 * Two letters may be several words (BB is 标本 and 版本), so that a name has
 * several readings; whoever asks knows which of them is a name.
 *
 * Built once, then const and shared.
 */
#ifndef SOURCES_READING_H
#define SOURCES_READING_H

#include "base/slice.h"
#include "sources/initials.h"
#include "sources/thesaurus.h"

struct readings;

/* Of all Chinese spellings of the thesaurus, which must outlive it. */
struct readings	*readings_new(const struct thesaurus *,
		    const struct initials *);
void		 readings_free(struct readings *);	/* NULL is allowed */
/* Calls back for the wording of each reading of the lower-case letters. */
void		 readings_try(const struct readings *, struct slice letters,
		    void (*each)(void *ctx, const struct wording *), void *ctx);

#endif
