/*
 * name - whether a name begins at a position.  Private to lib/deid.
 *
 * A surname alone proves nothing: how much of a name it must be depends on what
 * stands before it.
 */
#ifndef DEID_NAME_H
#define DEID_NAME_H

#include "deid/letters.h"

enum proof {
	PROOF_FIELD,	/* behind 姓名：: anything short is one */
	PROOF_ROLE,	/* behind 患者, 其妻 */
	PROOF_WORD,	/* behind 由, 请 */
	PROOF_NONE	/* between marks, with 签字 and such behind it */
};

/* Letters of names that are spelled by sound. */
static inline bool
is_foreign(const struct deid_words *w, uint32_t c)
{
	return (words_kinds(w, c) & KIND(WORD_FOREIGN)) != 0;
}

/* --- parts --------------------------------------------------------------- */

/* 男, 因, 和: the end of a name, or the sentence goes on. */
bool	name_goes_on(uint32_t letter);
bool	name_is_word_behind(const struct letters *, size_t last);
/* Chinese letters from here on, so many at most. */
size_t	name_run(const struct letters *, size_t at, size_t most);
/* A word that no name goes into, or that goes on behind one; a longer one. */
bool	name_then(const struct deid_words *, const struct letters *,
	    size_t at);
bool	name_long_then(const struct deid_words *, const struct letters *,
	    size_t at);
/* 于, 和: surnames that mostly are the word before something else. */
bool	name_is_function(uint32_t letter);
/* 傅何思宇: the mother's surname stands behind the father's. */
bool	name_is_doubled(const struct deid_words *, const struct letters *,
	    size_t at, const struct word *surname);
/* 墨菲征: what stands behind says that it is no person's. */
bool	name_is_of_a_thing(const struct deid_words *, const struct letters *,
	    size_t end);

/* --- names --------------------------------------------------------------- */

/* How many letters, 0 for none. */
size_t	name_at(const struct deid_words *, const struct letters *, size_t at,
	    enum proof);
/* The same for 阿卜杜拉·买买提 only. */
size_t	name_dotted(const struct deid_words *, const struct letters *,
	    size_t at, enum proof);
/* Nothing of a name can go on here. */
bool	name_is_over(const struct deid_words *, const struct letters *,
	    size_t at);
/* Letters of given names; letters that are not known to be in none. */
bool	name_is_given(const struct deid_words *, const struct letters *,
	    size_t from, size_t to);
/* A letter of given names that findings hardly use. */
bool	name_is_telling(const struct deid_words *, uint32_t letter);
bool	name_may_be_given(const struct deid_words *, const struct letters *,
	    size_t from, size_t to);
/* 次仁卓玛, 巴特尔; Wang Fang, of so many words at least. */
size_t	name_spelled(const struct deid_words *, const struct letters *,
	    size_t at);
size_t	name_latin(const struct letters *, size_t at, size_t least);
/* 王建国: a name by its letters alone, where a clause begins or anywhere. */
size_t	name_by_letters(const struct deid_words *, const struct letters *,
	    size_t at, bool begins);
/* 苏雯: the same of one letter, where a clause begins. */
size_t	name_short(const struct deid_words *, const struct letters *,
	    size_t at);
/* 时 in 时主任: any surname right before a title. */
size_t	name_titled(const struct deid_words *, const struct letters *,
	    size_t at);
/* A short run of letters, up to a mark, that begins like a name. */
bool	name_fills_cell(const struct deid_words *, const struct letters *,
	    size_t at);
/* 王 建 国: letters pulled apart. */
size_t	name_apart(const struct deid_words *, const struct letters *,
	    size_t at);
/* 王思 / 亮: with the end of a line within. */
size_t	name_wrapped(const struct deid_words *, const struct letters *,
	    size_t at);
/* Another word of findings begins here. */
bool	name_is_kept(const struct deid_words *, const struct letters *,
	    size_t at);
/* 小王, 老李. */
size_t	name_familiar(const struct deid_words *, const struct letters *,
	    size_t at);
/* Behind further names: 、李四 / 王五 和赵六. */
size_t	names_end(const struct deid_words *, const struct letters *, size_t at,
	    enum proof);

#endif
