/* ph-marks.h: visible marks for characters and bytes that cannot be shown
 *
 * Decoded text holds a bad byte as one private-use character, U+10FF00 + byte (PH_MARK_BAD_BYTE). Only the decoder writes
 * it. If a peer sends the same character, the decoder puts PH_MARK_QUOTE before it, and it is shown by its code point: so
 * a bad byte cannot be forged. A PH_MARK_QUOTE of a peer is quoted, too.
 * Shown, marks look like this, whatever the font has: bad byte ⟨E4⟩, C0 control ⟨ESC⟩ and ⟨DEL⟩ by their names, other control, bidi,
 * zero-width, private-use and non-characters ⟨U+202E⟩. A variation selector is shown with the character it belongs to, and a joiner
 * stays between characters that it joins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_MARKS_NAME_MAX 256u  /* bytes of a name that a record claims, such as an address */
#define PH_MARKS_LINE_MAX 4096u /* bytes of an argument, a path or a message */
#define PH_MARK_CR "⟨CR⟩"
#define PH_MARK_LF "⟨LF⟩"
#define PH_MARK_BAD_BYTE 0x10FF00u
#define PH_MARK_QUOTE 0x10FEFFu /* the next character was sent by the peer and is no bad byte */

/**
 * PhMark: a span of shown text that replaces something that cannot be shown.
 * @start, @length: in bytes of the shown text
 */
typedef struct
{
  guint32 start;
  guint32 length;
  gboolean bad; /* for bytes that are not text in the chosen encoding; else for a control or invisible character */
} PhMark;

/** PhMarkKind: what a character of decoded text stands for. */
typedef enum
{
  PH_MARK_NONE,    /* itself */
  PH_MARK_SPECIAL, /* a control or invisible character: not to be shown raw */
  PH_MARK_BAD,     /* a byte that is not text in the chosen encoding; its value is given instead of a character */
} PhMarkKind;

gboolean ph_mark_needed (gunichar c);
PhMarkKind ph_marks_next (const char **text, const char *end, gunichar *ret_c);
PhMarkKind ph_marks_next_in (const char *start, const char **text, const char *end, gunichar *ret_c);
const char *ph_marks_show_part (const char *start, const char *from, const char *to, const char *end, const char *keep,
                                GString *out, GArray *marks);
void ph_marks_show (const char *text, gsize length, const char *keep, GString *out, GArray *marks);
char *ph_marks_dup_character (const char *at, const char *end);
char *ph_marks_dup (const char *text, gssize length, gsize most);
char *ph_marks_dup_filename (const char *path);

G_END_DECLS
