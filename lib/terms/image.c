#include "terms/image.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/writer.h"

#define MARK 0x01020304u

struct head {
	char magic[8];
	uint32_t mark, sections;
	uint64_t size;
	uint8_t digest[DIGEST_SIZE];
};

struct place {
	uint64_t at, bytes;
};

static uint64_t
aligned(uint64_t n)
{
	return (n + 7) & ~(uint64_t)7;
}

void
image_write(const struct image_parts *parts, const char magic[8],
    const uint8_t digest[DIGEST_SIZE], struct buf *b)
{
	static const char zeros[8] = { 0 };
	struct head head = { .mark = MARK, .sections = (uint32_t)parts->n };
	struct place places[IMAGE_SECTIONS];
	uint64_t at = sizeof(head) + parts->n * sizeof(places[0]);

	memcpy(head.magic, magic, sizeof(head.magic));
	memcpy(head.digest, digest, DIGEST_SIZE);
	for (size_t i = 0; i < parts->n; i++) {
		places[i] = (struct place){ at, parts->parts[i].n };
		at = aligned(at + parts->parts[i].n);
	}
	head.size = at;
	buf_add(b, &head, sizeof(head));
	buf_add(b, places, parts->n * sizeof(places[0]));
	for (size_t i = 0; i < parts->n; i++) {
		buf_add_slice(b, parts->parts[i]);
		buf_add(b, zeros, aligned(b->n) - b->n);
	}
}

bool
image_parse(struct slice bytes, const char magic[8], struct image_parts *parts,
    uint8_t digest[DIGEST_SIZE], struct err *e)
{
	struct head head;
	struct place place;
	const char *from;

	if (bytes.n < sizeof(head))
		return err_set(e, ERR_INPUT, "cut off");
	memcpy(&head, bytes.p, sizeof(head));
	if (memcmp(head.magic, magic, sizeof(head.magic)) != 0 ||
	    head.mark != MARK)
		return err_set(e, ERR_INPUT, "of another version");
	if (head.size != bytes.n || head.sections > IMAGE_SECTIONS ||
	    bytes.n - sizeof(head) < head.sections * sizeof(place))
		return err_set(e, ERR_INPUT, "cut off");
	from = bytes.p + sizeof(head);
	for (size_t i = 0; i < head.sections; i++) {
		memcpy(&place, from + i * sizeof(place), sizeof(place));
		if (place.at % 8 != 0 || place.at > bytes.n ||
		    place.bytes > bytes.n - place.at)
			return err_set(e, ERR_INPUT, "damaged");
		parts->parts[i] =
		    (struct slice){ bytes.p + place.at, place.bytes };
	}
	parts->n = head.sections;
	memcpy(digest, head.digest, DIGEST_SIZE);
	return true;
}

bool
image_open(const char *path, struct image_file *f, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *p = MAP_FAILED;

	*f = (struct image_file){ 0 };
	if (fd < 0)
		return err_sys(e, ERR_INPUT, "%s", path);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		p = mmap(
		    NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return err_set(e, ERR_INPUT, "%s: no whole file", path);
	f->bytes = (struct slice){ p, (size_t)st.st_size };
	f->mapped = true;
	return true;
}

void
image_hold(struct image_file *f, struct buf *b)
{
	f->bytes = buf_slice(b);
	f->mapped = false;
	*b = (struct buf){ 0 };
}

void
image_close(struct image_file *f)
{
	if (f->mapped)
		munmap((void *)(uintptr_t)f->bytes.p, f->bytes.n);
	else if (f->bytes.n > 0)
		mem_free((void *)(uintptr_t)f->bytes.p);
	*f = (struct image_file){ 0 };
}

static bool
open_parts(
    const struct image_source *from, const struct image_file *f, struct err *e)
{
	struct image_parts parts;
	uint8_t digest[DIGEST_SIZE];

	if (!image_parse(f->bytes, from->magic, &parts, digest, e))
		return false;
	if (memcmp(digest, from->digest, DIGEST_SIZE) != 0)
		return err_set(e, ERR_INPUT, "of another source");
	return from->open(from->ctx, &parts, e);
}

bool
image_load(const struct image_source *from, struct image_file *f, struct err *e)
{
	struct buf image = { 0 };
	struct err unread = { 0 };
	bool made;

	*f = (struct image_file){ 0 };
	if (from->compiled != NULL && image_open(from->compiled, f, &unread)) {
		if (open_parts(from, f, &unread))
			return true;
		image_close(f);
	}
	made = from->make(from->ctx, &image, e);
	if (image.n == 0)
		return false;
	if (made && from->compiled != NULL)
		writer_put_file(from->compiled, buf_slice(&image), &unread);
	image_hold(f, &image);
	return open_parts(from, f, e) && made;
}
