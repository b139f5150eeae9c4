#include "test.h"

#include "base/mem.h"
#include "io/http_url.h"
#include "sources/dicom_json.h"
#include "sources/ftp_list.h"
#include "sources/net.h"
#include "sources/net_pages.h"
#include "sources/s3_list.h"
#include "sources/sigv4.h"

/* --- addresses ----------------------------------------------------------- */

static bool
trusts(const char *first, const char *second)
{
	struct http_url a, b;
	struct err e = { 0 };
	bool yes;

	assert_true(http_url_parse(first, &a, &e));
	assert_true(http_url_parse(second, &b, &e));
	yes = http_url_trusts(&a, &b);
	http_url_release(&a);
	http_url_release(&b);
	return yes;
}

TEST(credentials_are_for_one_scheme_host_and_port)
{
	(void)state;
	assert_true(trusts("https://A.org/x", "https://a.org:443/y"));
	assert_true(trusts("http://a.org/x", "https://a.org/x"));
	assert_false(trusts("https://a.org/x", "http://a.org/x"));
	assert_false(trusts("https://a.org/x", "https://a.org:444/x"));
	assert_false(trusts("https://a.org/x", "https://b.a.org/x"));
	assert_false(trusts("http://a.org:8080/x", "https://a.org/x"));
	assert_false(trusts("https://a.org/x", "https://a.org@b.org/x"));
}

TEST(an_address_that_two_could_read_in_two_ways_is_refused)
{
	static const char *const bad[] = { "http://", "http:///x", "gopher://a",
		"http://a b/", "http://a\\b/", "file:///etc/passwd", "//a/b",
		"http://a/\n", NULL };
	struct http_url u;
	struct err e = { 0 };

	(void)state;
	for (const char *const *t = bad; *t != NULL; t++)
		assert_false(http_url_parse(*t, &u, &e));
}

static void
assert_set(
    const char *query, const char *name, const char *value, const char *want)
{
	struct buf b = { 0 };

	http_query_set(query, name, slice_of(value), &b);
	assert_string_equal(buf_string(&b), want);
	buf_release(&b);
}

TEST(a_parameter_is_set_where_it_stood)
{
	(void)state;
	assert_set("a=1&page=1&b=%2F", "page", "2", "a=1&page=2&b=%2F");
	assert_set("a=1", "p", "a b/", "a=1&p=a%20b%2F");
	assert_set(NULL, "p", "1", "p=1");
	assert_set("p=1&p=2&%70=3", "p", "9", "p=9");
}

static void
assert_shown(const char *operand, const char *want)
{
	struct source_options o = { .user = "bob", .secret = "s3 cret" };
	struct buf b = { 0 };

	net_show(operand, &o, &b);
	assert_string_equal(buf_string(&b), want);
	buf_release(&b);
}

TEST(what_is_shown_holds_no_secret)
{
	(void)state;
	assert_shown("https://bob@h/p@q?x=1", "https://h/p@q?x=1");
	assert_shown("https://h/?api_key=k&x=1&SIG=2&patient=3",
	    "https://h/?api_key=&x=1&SIG=&patient=3");
	assert_shown("https://h/?q=s3%20cret&by=bob&y", "https://h/?q=&by=&y");
	assert_shown("fhir+https://h/O?code=a|b", "fhir+https://h/O?code=a|b");
	assert_shown("https://h/?a=1#token", "https://h/?a=1");
}

/* --- pages --------------------------------------------------------------- */

TEST(the_next_link_is_found_among_others)
{
	(void)state;
	assert_slice(
	    pages_link_next(SLICE("</a>; rel=\"prev\", </b>; rel=\"next\"")),
	    "/b");
	assert_slice(pages_link_next(SLICE(
			 "<a,b>; title=\"x, <y>; rel=next\", <c>; REL=Next")),
	    "c");
	assert_null(pages_link_next(SLICE("<a>; rel=last")).p);
	assert_null(pages_link_next(SLICE("<a; rel=next")).p);
	assert_null(pages_link_next(SLICE("")).p);
}

/* --- signatures ---------------------------------------------------------- */

/* The examples of the S3 API reference, "Signature Calculations". */
static void
assert_signed(
    const char *path, const char *query, const char *more, const char *want)
{
	struct sigv4 s = { .id = "AKIAIOSFODNN7EXAMPLE",
		.secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
		.region = "us-east-1",
		.method = "GET",
		.host = "examplebucket.s3.amazonaws.com",
		.path = path,
		.more = more,
		.time = "20130524T000000Z" };
	struct buf canonical = { 0 }, lines = { 0 };
	const char *at;

	if (query != NULL) {
		sigv4_query(query, &canonical);
		s.query = buf_string(&canonical);
	}
	sigv4_sign(&s, &lines);
	at = strstr(buf_string(&lines), "Signature=");
	assert_non_null(at);
	assert_memory_equal(at + strlen("Signature="), want, 64);
	buf_release(&canonical);
	buf_release(&lines);
}

TEST(signatures_are_those_of_the_examples_of_aws)
{
	(void)state;
	assert_signed("/test.txt", NULL, "range:bytes=0-9\n",
	    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
	assert_signed("/", "lifecycle", NULL,
	    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
	assert_signed("/", "prefix=J&max-keys=2", NULL,
	    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

static void
assert_canonical(const char *query, const char *want)
{
	struct buf b = { 0 };

	sigv4_query(query, &b);
	assert_string_equal(buf_string(&b), want);
	buf_release(&b);
}

TEST(a_query_is_encoded_and_sorted_by_bytes)
{
	(void)state;
	assert_canonical("b=1&a", "a=&b=1");
	assert_canonical("a=x=y*z&a-b=1&a=%2f", "a=%2F&a=x%3Dy%2Az&a-b=1");
	assert_canonical("k=a+b~c", "k=a%2Bb~c");
}

/* --- lists --------------------------------------------------------------- */

TEST(a_list_that_is_cut_off_without_a_token_is_refused)
{
	struct arena *a = arena_new();
	struct s3_list list = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_true(s3_list_parse(
	    SLICE("<ListBucketResult><EncodingType>url</EncodingType>"
		  "<IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;"
		  "b</NextContinuationToken><Contents><Key>a%20b%2B</Key>"
		  "<Size>7</Size></Contents></ListBucketResult>"),
	    a, &list, &e));
	assert_string_equal(list.objects[0].key, "a b+");
	assert_int_equal(list.objects[0].size, 7);
	assert_string_equal(list.next, "a&b");
	assert_false(s3_list_parse(
	    SLICE("<ListBucketResult><IsTruncated>true</IsTruncated>"
		  "</ListBucketResult>"),
	    a, &list, &e));
	assert_false(s3_list_parse(SLICE("<html/>"), a, &list, &e));
	assert_string_equal(
	    s3_error_code(SLICE("<Error><Code>NoSuchKey</Code></Error>"), a),
	    "NoSuchKey");
	assert_null(
	    s3_error_code(SLICE("<Error><Code>pa tient</Code></Error>"), a));
	s3_list_release(&list);
	arena_free(a);
}

TEST(folders_are_listed_in_three_ways)
{
	struct arena *a = arena_new();
	struct ftp_list l = { 0 };

	(void)state;
	ftp_list_parse(
	    SLICE("type=cdir;modify=1; .\r\ntype=file;size=3;modify=2; b c\r\n"
		  "total 4\n-rw-r--r-- 1 u g 12 Jan  1 00:00 a  x \n"
		  "lrwxrwxrwx 1 u g 1 Jan  1 2020 l -> /etc\n"
		  "drwxr-xr-x 2 u g 4096 Jan  1 00:00 d\n"
		  "01-31-24  10:22AM       <DIR>          e f\n"
		  "01-31-24  10:22AM                  17 g.csv\n"
		  "-rw-r--r-- 1 u g 12 Jan  1 00:00 ../h\nnonsense\n"),
	    a, &l);
	assert_int_equal(l.n, 6);
	assert_int_equal(l.odd, 2);
	assert_string_equal(l.entries[0].name, "a  x ");
	assert_string_equal(l.entries[1].name, "b c");
	assert_string_equal(l.entries[1].mark, " 3 2");
	assert_int_equal(l.entries[2].kind, FTP_FOLDER);
	assert_string_equal(l.entries[3].name, "e f");
	assert_string_equal(l.entries[5].name, "l");
	assert_int_equal(l.entries[5].kind, FTP_LINK);
	ftp_list_release(&l);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(credentials_are_for_one_scheme_host_and_port),
		cmocka_unit_test(
		    an_address_that_two_could_read_in_two_ways_is_refused),
		cmocka_unit_test(a_parameter_is_set_where_it_stood),
		cmocka_unit_test(what_is_shown_holds_no_secret),
		cmocka_unit_test(the_next_link_is_found_among_others),
		cmocka_unit_test(signatures_are_those_of_the_examples_of_aws),
		cmocka_unit_test(a_query_is_encoded_and_sorted_by_bytes),
		cmocka_unit_test(
		    a_list_that_is_cut_off_without_a_token_is_refused),
		cmocka_unit_test(folders_are_listed_in_three_ways),
	};

	return RUN(tests);
}
