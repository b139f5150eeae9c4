/*
 * rtf_page - code pages of an RTF document: by their number, by the charset
 * of a font, and bytes in them as UTF-8.
 */
#ifndef SOURCES_RTF_PAGE_H
#define SOURCES_RTF_PAGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

#define RTF_PAGES	8	/* that one document mixes */

struct rtf_pages {
	struct {
		int		 number;
		struct encoding	*encoding;
	}		 open[RTF_PAGES];
	int		 n;
};

void	rtf_pages_release(struct rtf_pages *);
/* The page of \fcharset; `usual` where it says nothing of its own. */
int	rtf_page_of_charset(long charset, int usual);
/* Whether a byte begins a character of two bytes. */
bool	rtf_page_leads(int page, unsigned char);
/* The name of its encoding: "gb18030", "cp1252". */
const char *rtf_page_name(struct rtf_pages *, int page);
/*
 * UTF-8 where it is that by more than chance, else strictly as the page has
 * it, else GB18030; ERR_DATA, encoding.
 */
bool	rtf_page_decode(struct rtf_pages *, int page, struct slice,
	    struct buf *, struct err *);

#endif
