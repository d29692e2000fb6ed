/* ph-marks.h: what a peer sends, made safe and honest to show
 *
 * A bad byte is carried inside UTF-8 strings as one private-use character, U+10FF00 + byte (PH_MARK_BAD_BYTE), which
 * the decoder alone writes; a peer that sends that very character gets it shown as a code-point mark, so it cannot be
 * forged: the decoder puts PH_MARK_QUOTE before it (and before a PH_MARK_QUOTE that the peer sends).
 * Shown, marks look like this: bad byte ⟨E4⟩, C0 control ␀ ␛ (control pictures), DEL ␡, other control, bidi,
 * zero-width, private-use and non-characters ⟨U+202E⟩. A variation selector is shown with the character it belongs to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_MARK_BAD_BYTE 0x10FF00u
#define PH_MARK_QUOTE 0x10FEFFu /* the next character is what the peer sent, not a bad byte */

/**
 * PhMark: a span of shown text that stands for something that cannot be shown itself.
 * @start, @length: in bytes, into the shown text
 */
typedef struct
{
  guint32 start;
  guint32 length;
  gboolean bad; /* bytes that are not text in the chosen encoding; otherwise a control or invisible character */
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
const char *ph_marks_after_selector (gunichar base, const char *text, const char *end);
void ph_marks_show (const char *text, gsize length, const char *keep, GString *out, GArray *marks);

G_END_DECLS
