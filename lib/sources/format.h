/*
 * format - the readers of single formats, as the table of source_formats has
 * them, and what they share.  Each reader's page is mdx-record(5).
 */
#ifndef SOURCES_FORMAT_H
#define SOURCES_FORMAT_H

#include "sources/member.h"
#include "sources/source.h"

/*
 * By content, then by name; NULL for bytes that are no text and no format.
 * encoding: as declared, or NULL.
 */
const struct source_format *format_of(struct slice head, const char *name,
	    const char *encoding);

/* The table of formats, an object a line. */
void	formats_print(struct buf *);

/* Whether a member that begins so is read no further than its head. */
bool	format_is_head_only(struct slice head, const struct source_options *);

/*
 * Whether the bytes are an archive whose members are to be read: not a
 * document that is packed as one.
 */
bool	format_is_archive(struct slice head, const struct source_options *);

bool	csv_is(struct slice head);
bool	csv_read(struct member *, struct err *);
bool	ndjson_is(struct slice head);
bool	ndjson_read(struct member *, struct err *);
bool	json_is(struct slice head);
bool	json_read(struct member *, struct err *);
bool	fhir_is(struct slice head);
bool	fhir_read(struct member *, struct err *);
bool	hl7_is(struct slice head);
bool	hl7_read(struct member *, struct err *);
bool	xml_is(struct slice head);
bool	xml_read(struct member *, struct err *);
bool	cda_is(struct slice head);
bool	cda_read(struct member *, struct err *);
bool	dicom_is(struct slice head);
bool	dicom_read(struct member *, struct err *);
bool	photo_is(struct slice head);
bool	photo_read(struct member *, struct err *);
bool	xlsx_is(struct slice head);
bool	xlsx_read(struct member *, struct err *);
bool	mp4_is(struct slice head);
bool	mp4_read(struct member *, struct err *);
bool	wav_is(struct slice head);
bool	wav_read(struct member *, struct err *);
bool	avi_is(struct slice head);
bool	avi_read(struct member *, struct err *);
bool	mp3_is(struct slice head);
bool	mp3_read(struct member *, struct err *);
bool	mkv_is(struct slice head);
bool	mkv_read(struct member *, struct err *);
bool	vcf_is(struct slice head);
bool	vcf_read(struct member *, struct err *);
bool	bcf_is(struct slice head);
bool	bcf_read(struct member *, struct err *);
bool	bam_is(struct slice head);
bool	bam_read(struct member *, struct err *);
bool	cram_is(struct slice head);
bool	cram_read(struct member *, struct err *);
bool	fastq_is(struct slice head);
bool	fastq_read(struct member *, struct err *);
bool	sqlite_is(struct slice head);
bool	sqlite_read(struct member *, struct err *);
bool	rtf_is(struct slice head);
bool	rtf_read(struct member *, struct err *);
bool	docx_is(struct slice head);
bool	docx_read(struct member *, struct err *);
bool	edf_is(struct slice head);
bool	edf_read(struct member *, struct err *);
bool	wfdb_is(struct slice head);
bool	wfdb_read(struct member *, struct err *);
bool	text_read(struct member *, struct err *);

/*
 * What readers of text do first: the encoding judged by what can be seen, the
 * byte order mark passed over.
 */
void	text_begin(struct member *);
/*
 * The same for who cuts rows or values out of undecoded text: an encoding in
 * which that cannot be is decoded below, see sources/recode.
 */
void	text_begin_rows(struct member *);
/* From here on the input is the UTF-8 of text in an encoding that is known. */
void	text_recode(struct member *, const char *encoding);
/*
 * The whole rest of a member of at most --max-record, to be taken by the
 * caller; a larger one is set aside and read over, and *n is SIZE_MAX.
 */
bool	text_whole(struct member *, struct slice *, struct err *);
/* Line feeds in the bytes. */
uint64_t text_lines(struct slice);

#endif
