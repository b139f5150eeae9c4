/*
 * dicom_group - image headers counted together by series or study.
 *
 * Each header is put into a temporary SQLite file, which SQLite deletes, so
 * that memory does not grow with the images.  What is kept of a group is its
 * first header, by the order of the sources, and sums; so neither the order in
 * which workers come nor their number changes the records, which are written
 * when all sources are read.
 *
 * One for all workers; a call waits for the other to be done.
 */
#ifndef SOURCES_DICOM_GROUP_H
#define SOURCES_DICOM_GROUP_H

#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "sources/dicom_tags.h"
#include "sources/member.h"
#include "sources/sink.h"
#include "sources/source.h"

struct dicom_group;

struct dicom_instance {
	const char	*study, *series, *modality, *kind;
	const char	*encoding;	/* NULL: none is declared */
	struct slice	 head;		/* its object, without the end */
};

/* options.dicom.per says by what; ERR_OUTPUT. */
struct dicom_group *dicom_group_new(const struct source_options *,
		    struct err *);
void		 dicom_group_free(struct dicom_group *); /* NULL is allowed */
/* The elements of that level. */
const struct dicom_tags *dicom_group_tags(const struct dicom_group *);
/* An instance of the member, of which all bytes are accounted for. */
bool		 dicom_group_add(struct dicom_group *, const struct member *,
		    const struct dicom_instance *, struct err *);
/*
 * One record a group, in the order of their first headers, with a line in the
 * manifest for all of them.
 */
bool		 dicom_group_write(struct dicom_group *, struct sink *,
		    struct totals *, struct err *);

#endif
