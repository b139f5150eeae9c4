/*
 * store_tokenizer - base/tokenizer as the FTS5 tokenizer `mdx`; for store.c.
 */
#ifndef IO_STORE_TOKENIZER_H
#define IO_STORE_TOKENIZER_H

struct sqlite3;

/* An SQLite result code; not SQLITE_OK where there is no FTS5. */
int	store_tokenizer_add(struct sqlite3 *);

#endif
