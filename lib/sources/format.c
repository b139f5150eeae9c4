#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "io/archive.h"
#include "io/encoding.h"
#include "json/write.h"
#include "sources/format.h"

/* In the order of asking: what has a mark of its own comes first. */
const struct source_format source_formats[] = {
	{ "dicom", " .dcm .dicom .ima ", dicom_is, dicom_read, true, true },
	{ "photo", " .jpg .jpeg .png .bmp .tif .tiff ", photo_is, photo_read,
	    true, true },
	{ "docx", " .docx .docm ", docx_is, docx_read, false, true },
	{ "rtf", " .rtf ", rtf_is, rtf_read, false, true },
	{ "edf", " .edf .bdf .rec ", edf_is, edf_read, false, true },
	{ "xlsx", " .xlsx .xlsm ", xlsx_is, xlsx_read, false, true },
	{ "mp4", " .mp4 .mov .m4a .m4v .3gp ", mp4_is, mp4_read, true, true },
	{ "wav", " .wav ", wav_is, wav_read, true, true },
	{ "avi", " .avi ", avi_is, avi_read, true, true },
	{ "mkv", " .mkv .webm .mka ", mkv_is, mkv_read, true, true },
	{ "mp3", " .mp3 ", mp3_is, mp3_read, true, true },
	{ "bam", " .bam ", bam_is, bam_read, true, true },
	{ "cram", " .cram ", cram_is, cram_read, true, true },
	{ "bcf", " .bcf ", bcf_is, bcf_read, true, true },
	{ "vcf", " .vcf ", vcf_is, vcf_read, true, false },
	{ "fastq", " .fastq .fq ", fastq_is, fastq_read, true, false },
	{ "sqlite", " .sqlite .sqlite3 .db ", sqlite_is, sqlite_read, false,
	    true },
	{ "wfdb", " .hea ", wfdb_is, wfdb_read, false, false },
	{ "hl7", " .hl7 ", hl7_is, hl7_read, false, false },
	{ "fhir", "", fhir_is, fhir_read, false, false },
	{ "cda", " .cda ", cda_is, cda_read, false, false },
	{ "xml", " .xml ", xml_is, xml_read, false, false },
	{ "ndjson", " .ndjson .jsonl ", ndjson_is, ndjson_read, false, false },
	{ "json", " .json ", json_is, json_read, false, false },
	{ "csv", " .csv .tsv ", csv_is, csv_read, false, false },
	{ "text", " .txt .md .log ", NULL, text_read, false, false },
	{ NULL, NULL, NULL, NULL, false, false },
};

const struct source_format *
source_format_find(const char *name)
{
	for (const struct source_format *f = source_formats; f->name != NULL;
	     f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

void
formats_print(struct buf *b)
{
	for (const struct source_format *f = source_formats; f->name != NULL;
	     f++) {
		struct slice rest = slice_of(f->suffixes), one;

		buf_adds(b, "{\"format\":");
		json_put_cstring(b, f->name);
		json_put_key(b, "suffixes");
		buf_addc(b, '[');
		while (slice_next(&rest, ' ', &one)) {
			if (one.n == 0)
				continue;
			json_put_comma(b);
			json_put_string(b, one);
		}
		buf_adds(b, "]}\n");
	}
}

bool
format_is_head_only(struct slice head, const struct source_options *o)
{
	const struct source_format *f = source_formats;

	if (o->format != NULL)
		f = source_format_find(o->format);
	else
		while (f->name != NULL &&
		    !(f->head_only && f->is != NULL && f->is(head)))
			f++;
	return f->head_only &&
	    !(o->variants && (f->is == vcf_is || f->is == bcf_is));
}

bool
format_is_archive(struct slice head, const struct source_options *o)
{
	if (!unpack_looks_like(head))
		return false;
	if (!slice_starts(head, "PK"))
		return true;
	if (o->format != NULL && strcmp(o->format, "xlsx") == 0)
		return false;
	return !xlsx_is(head);
}

/*
 * Control characters that no text of a hospital holds.  Form feeds, escapes
 * of old printers, MLLP's frame bytes and byte 1 as a delimiter do occur.
 */
static bool
is_text(struct slice head)
{
	for (size_t i = 0; i < head.n; i++) {
		unsigned char c = (unsigned char)head.p[i];

		if (c < ' ' && strchr("\t\n\r\f\v\x1b\x1c\x01\x0b", c) == NULL)
			return false;
		if (c == 0)
			return false;
	}
	return true;
}

static bool
is_packing(struct slice suffix)
{
	static const char *const packed[] = { ".gz", ".zst", ".xz", ".bz2",
		NULL };

	for (size_t i = 0; packed[i] != NULL; i++)
		if (suffix.n == strlen(packed[i]) &&
		    strncasecmp(suffix.p, packed[i], suffix.n) == 0)
			return true;
	return false;
}

/* The last one that says what is in a file, and not how it is compressed. */
static struct slice
suffix_of(const char *name)
{
	struct slice rest = slice_of(name), suffix = SLICE("");

	do {
		size_t n = rest.n;

		while (n > 0 && rest.p[n - 1] != '.' && rest.p[n - 1] != '/')
			n--;
		if (n == 0 || rest.p[n - 1] == '/')
			return SLICE("");
		suffix = slice_span(rest.p + n - 1, rest.p + rest.n);
		rest.n = n - 1;
	} while (is_packing(suffix));
	return suffix;
}

static bool
has_suffix(const struct source_format *f, const char *name)
{
	struct slice dot = suffix_of(name);

	for (const char *p = f->suffixes; dot.n > 0 && *p != '\0'; p++)
		if (*p == ' ' && strncasecmp(p + 1, dot.p, dot.n) == 0 &&
		    p[1 + dot.n] == ' ')
			return true;
	return false;
}

/*
 * A table is told by its name before prose with commas is taken for one, and
 * lines of JSON by theirs, so that a bad first line costs no more than itself.
 */
static const struct source_format *
format_of_text(struct slice head, const char *name)
{
	const struct source_format *by_name = NULL;

	for (const struct source_format *f = source_formats; f->name != NULL;
	     f++)
		if (has_suffix(f, name))
			by_name = f;
	if (head.n >= 3 && memcmp(head.p, "\xEF\xBB\xBF", 3) == 0) {
		head.p += 3;
		head.n -= 3;
	}
	for (const struct source_format *f = source_formats; f->name != NULL;
	     f++) {
		if (f->is == NULL || (f->is == csv_is && by_name != NULL))
			continue;
		if (!f->is(head) || !(f->binary || is_text(head)))
			continue;
		return f->is == json_is && by_name != NULL &&
			by_name->is == ndjson_is
		    ? by_name
		    : f;
	}
	if (!is_text(head))
		return NULL;
	if (by_name != NULL && !by_name->binary)
		return by_name->is == csv_is || by_name->is == wfdb_is ||
			by_name->is == NULL
		    ? by_name
		    : source_format_find("text");
	return source_format_find("text");
}

/* Whether a head in this encoding shows nothing before it is decoded. */
static bool
must_be_decoded(const char *encoding)
{
	return encoding != NULL && strcasecmp(encoding, "utf-8") != 0 &&
	    strcasecmp(encoding, "gb18030") != 0;
}

const struct source_format *
format_of(struct slice head, const char *name, const char *declared)
{
	const struct source_format *f;
	const char *encoding;
	struct encoding *x;
	struct err ignored = { 0 };
	struct buf text = { 0 };
	size_t bom, made;
	char *to;

	encoding = encoding_detect(head, &bom);
	if (bom == 0 && !must_be_decoded(encoding) && declared != NULL)
		encoding = declared;
	if (!must_be_decoded(encoding))
		return format_of_text(head, name);
	/* What is no text has its marks as they are. */
	if (!is_text(head) && (f = format_of_text(head, name)) != NULL)
		return f;
	x = encoding_open(encoding, &ignored);
	if (x == NULL)
		return NULL;
	if (!must_be_decoded(encoding_name(x))) {
		encoding_close(x); /* GBK, by another name */
		return format_of_text(head, name);
	}
	head.p += bom;
	head.n -= bom;
	to = buf_room(&text, head.n * 3 + 4);
	encoding_recode(x, head, false, to, head.n * 3, &made);
	f = format_of_text((struct slice){ to, made }, name);
	buf_release(&text);
	encoding_close(x);
	return f;
}
