/*
 * The page for the head of a department: one file, no script, no network.
 * Everything from data or rules is escaped.
 */
#include "base/html.h"
#include "rules/page.h"

void
page_both(struct page *p, const char *zh, const char *en)
{
	switch (p->o->language) {
	case LANGUAGE_ZH:
		buf_adds(p->b, zh);
		break;
	case LANGUAGE_EN:
		buf_adds(p->b, en);
		break;
	case LANGUAGE_BOTH:
		buf_addf(p->b, "<span class=z>%s</span><span lang=en>%s</span>",
		    zh, en);
		break;
	}
}

/* What is the same in both stands once. */
void
page_texts(struct page *p, struct slice zh, struct slice en)
{
	if (en.n == 0 || slice_eq(zh, en) || p->o->language == LANGUAGE_ZH) {
		html_put(p->b, zh);
	} else if (p->o->language == LANGUAGE_EN) {
		html_put(p->b, en);
	} else {
		buf_adds(p->b, "<span class=z>");
		html_put(p->b, zh);
		buf_adds(p->b, "</span><span lang=en>");
		html_put(p->b, en);
		buf_adds(p->b, "</span>");
	}
}

void
page_number(struct page *p, uint64_t n)
{
	const char *digits =
	    arena_printf(p->arena, "%llu", (unsigned long long)n);
	size_t len = strlen(digits);

	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addc(p->b, ',');
		buf_addc(p->b, digits[i]);
	}
}

void
page_open(struct page *p, const char *id, const char *zh, const char *en)
{
	buf_addf(p->b,
	    "<section id=\"%s\" aria-labelledby=\"h-%s\">"
	    "<h2 id=\"h-%s\">",
	    id, id, id);
	page_both(p, zh, en);
	buf_adds(p->b, "</h2>\n");
}

void
page_badge(struct page *p, enum severity s)
{
	buf_addf(p->b, "<b class=%s>", severity_name(s));
	page_both(p, severity_name_zh(s), severity_name(s));
	buf_adds(p->b, "</b>");
}

void
page_message(struct page *p, const struct rule_lines *l)
{
	page_texts(p, l->message, l->message_en);
}

void
page_note(struct page *p, const char *zh, const char *en)
{
	buf_adds(p->b, "<p class=\"note\">");
	page_both(p, zh, en);
	buf_adds(p->b, "</p>\n");
}

void
page_group(struct page *p, struct slice by)
{
	struct buf zh = { 0 }, en = { 0 };

	report_put_group(by, false, p->arena, &zh);
	report_put_group(by, true, p->arena, &en);
	page_texts(p, buf_slice(&zh), buf_slice(&en));
	buf_release(&zh);
	buf_release(&en);
}

void
page_table(struct page *p, const char *class, struct words caption,
    const struct words *heads, size_t n, size_t numbers)
{
	buf_addf(p->b, "<table class=\"%s\"><caption>", class);
	page_both(p, caption.zh, caption.en);
	buf_adds(p->b, "</caption><thead><tr>");
	for (size_t i = 0; i < n; i++) {
		buf_adds(p->b,
		    i >= numbers ? "<th scope=\"col\" class=\"n\">"
				 : "<th scope=\"col\">");
		page_both(p, heads[i].zh, heads[i].en);
	}
	buf_adds(p->b, "<tbody>\n");
}

/* --- the frame ------------------------------------------------------------- */

static void
put_title(struct page *p, bool plain)
{
	const char *zh = "数据质控报告", *en = "Quality of the data";

	if (p->o->title != NULL)
		html_put(p->b, slice_of(p->o->title));
	else if (plain)
		buf_adds(p->b, p->o->language == LANGUAGE_EN ? en : zh);
	else
		page_both(p, zh, en);
}

/* "中文|English" */
static void
put_words(struct page *p, struct slice text)
{
	const char *bar = memchr(text.p, '|', text.n);

	if (bar == NULL)
		bar = text.p + text.n;
	page_both(p,
	    arena_printf(p->arena, "%.*s", (int)(bar - text.p), text.p),
	    bar == text.p + text.n
		? ""
		: arena_printf(p->arena, "%.*s",
		      (int)(text.p + text.n - bar - 1), bar + 1));
}

static void
put_body(struct page *p)
{
	page_score(p);
	page_trend(p);
	page_coverage(p);
	page_rules(p);
	page_examples(p);
	page_catalogue(p);
}

/* What stands between {{ and }} in the template. */
static void
put_token(struct page *p, struct slice name)
{
	bool both = p->o->language == LANGUAGE_BOTH;

	if (slice_is(name, "lang"))
		buf_adds(p->b, p->o->language == LANGUAGE_EN ? "en" : "zh-CN");
	else if (slice_is(name, "title"))
		put_title(p, true);
	else if (slice_is(name, "heading"))
		put_title(p, false);
	else if (slice_is(name, "body"))
		put_body(p);
	else if (slice_is(name, "switch"))
		buf_adds(p->b,
		    both ? "<input type=\"checkbox\" id=\"english\">" : "");
	else if (slice_is(name, "label"))
		buf_adds(p->b,
		    both ? "<label for=\"english\">"
			   "<span class=\"to-en\" lang=\"en\">English</span>"
			   "<span class=\"to-zh\" lang=\"zh-CN\">中文</span>"
			   "</label>"
			 : "");
	else
		put_words(p, name);
}

bool
report_html(const struct summary *s, const struct report *o, struct slice page,
    struct buf *b, struct err *e)
{
	struct page p = { .s = s, .o = o, .b = b, .arena = arena_new() };
	const char *at, *end = page.p + page.n, *close;
	bool body = false;

	parts_make(s, parts_key(s, false), p.arena, &p.departments);
	causes_find(s, &p.departments, p.arena, &p.causes);
	while ((at = slice_find(page, SLICE("{{"))) != NULL &&
	    (close = slice_find(slice_span(at, end), SLICE("}}"))) != NULL) {
		struct slice name = slice_span(at + 2, close);

		buf_add(b, page.p, (size_t)(at - page.p));
		put_token(&p, name);
		body = body || slice_is(name, "body");
		page = slice_span(close + 2, end);
	}
	buf_add_slice(b, page);
	parts_release(&p.departments);
	arena_free(p.arena);
	return body || err_set(e, ERR_USAGE, "html/qc.html: has no {{body}}");
}
