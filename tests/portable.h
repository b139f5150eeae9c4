/*
 * The scanner a second time, built from its portable reference under other
 * names, so that one program can hold it against the SIMD build of the library.
 */
#ifndef TESTS_PORTABLE_H
#define TESTS_PORTABLE_H

#define JSON_PORTABLE
#define json_check	  portable_check
#define json_scan_new	  portable_scan_new
#define json_scan_free	  portable_scan_free
#define json_scan_object  portable_scan_object
#define json_scan_members portable_scan_members
#define json_scan_field	  portable_scan_field
#define shape_add	  portable_shape_add
#define text_init	  portable_text_init
#define text_check	  portable_text_check
#define text_ends	  portable_text_ends
#define text_fail	  portable_text_fail
#define text_fail_utf8	  portable_text_fail_utf8
#define text_fail_depth	  portable_text_fail_depth
#define text_err	  portable_text_err
#define text_container	  portable_text_container
#define text_string	  portable_text_string

#include "json/check.c"
#include "json/scan.c"
#include "json/shape.c"

#undef json_check
#undef json_scan_new
#undef json_scan_free
#undef json_scan_object
#undef json_scan_members
#undef json_scan_field

bool	 json_check(const char *, size_t, unsigned, struct err *);
struct json_scan *json_scan_new(const struct index *, unsigned);
void	 json_scan_free(struct json_scan *);
bool	 json_scan_object(struct json_scan *, const char *, size_t, struct err *);
const struct json_member *json_scan_members(const struct json_scan *, size_t *);
const struct json_member *json_scan_field(const struct json_scan *, size_t);

#endif
