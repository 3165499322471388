/* SPDX-License-Identifier: GPL-2.0 */
/* Short strings in the memory of current, with page faults off. */
#ifndef EYAS_USERSTR_H
#define EYAS_USERSTR_H

#include <linux/limits.h>
#include <linux/uaccess.h>
#include <asm/word-at-a-time.h>

/*
 * A string of less than @max bytes, a multiple of 8 up to PATH_MAX, word by word:
 * mostly it is a short one. Its length, with what is behind it in its last word
 * cleared; PATH_MAX: this is not a string that is all there.
 */
static __always_inline u32 eyas_userstr_copy(u8 *dst, const char __user *src, u32 max)
{
	const struct word_at_a_time constants = WORD_AT_A_TIME_CONSTANTS;
	unsigned long word, data, i = 0;

	if (unlikely(!user_read_access_begin(src, PATH_MAX)))
		return PATH_MAX;
	do {
		unsafe_get_user(word, (const unsigned long __user *)(src + i), out);
		*(unsigned long *)(dst + i) = word;
		i += sizeof(word);
		if (!has_zero(word, &data, &constants))
			continue;
		data = create_zero_mask(prep_zero_mask(word, data, &constants));
		*(unsigned long *)(dst + i - sizeof(word)) = word & zero_bytemask(data);
		user_read_access_end();
		return i - sizeof(word) + find_zero(data);
	} while (i < max);
out:
	user_read_access_end();
	return PATH_MAX;
}

#endif /* EYAS_USERSTR_H */
