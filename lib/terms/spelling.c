#include "terms/spelling.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/tokenizer.h"

#define SEVERAL (-1)

struct spellings {
	struct index *names;
	long *numbers; /* or SEVERAL */
	size_t room;
};

struct spellings *
spellings_new(void)
{
	struct spellings *s = mem_zalloc(sizeof(*s));

	s->names = index_new();
	return s;
}

void
spellings_free(struct spellings *s)
{
	if (s == NULL)
		return;
	index_free(s->names);
	mem_free(s->numbers);
	mem_free(s);
}

/* Signs of one width, no blanks, a dagger as a plus, none before nothing. */
static struct slice
spell(struct slice code, struct buf *b)
{
	static const char dagger[] = "†";
	const size_t width = sizeof(dagger) - 1;

	fold_name(code, b);
	for (size_t i = 0; i + width <= b->n; i++)
		if (memcmp(b->p + i, dagger, width) == 0) {
			b->p[i] = '+';
			b->n -= width - 1;
			memmove(b->p + i + 1, b->p + i + width, b->n - i - 1);
		}
	if (b->n > 1 && b->p[b->n - 1] == '+')
		b->n--;
	return buf_slice(b);
}

static void
add(struct spellings *s, struct slice spelled, size_t number)
{
	bool fresh;
	size_t i = index_add(s->names, spelled, &fresh);

	if (fresh) {
		s->numbers =
		    mem_room(s->numbers, i, &s->room, sizeof(*s->numbers));
		s->numbers[i] = (long)number;
	} else if (s->numbers[i] != (long)number) {
		s->numbers[i] = SEVERAL;
	}
}

void
spellings_add(struct spellings *s, struct slice code, size_t number)
{
	struct buf b = { 0 };
	struct slice whole;
	const char *plus;

	if (memchr(code.p, '+', code.n) == NULL)
		return;
	whole = spell(code, &b);
	add(s, whole, number);
	plus = memchr(whole.p, '+', whole.n);
	if (plus != NULL)
		add(s, slice_span(whole.p, plus), number);
	buf_release(&b);
}

long
spellings_find(const struct spellings *s, struct slice code)
{
	struct buf b = { 0 };
	long i;

	if (index_count(s->names) == 0)
		return -1;
	i = index_find(s->names, spell(code, &b));
	buf_release(&b);
	return i < 0 ? -1 : s->numbers[i];
}
