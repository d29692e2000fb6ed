/* ph-format-private.h: what the files of ph-format.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-format.h"

G_BEGIN_DECLS

#define PH_FORMAT_CSV_HEAD "seq,time,kind,peer,local,to,length,text,hex\n"
#define PH_FORMAT_STAMP 19u /* "2019-07-12 16:05:48" */

const char *ph_format_stamp (gint64 time, gboolean utc);
void ph_format_fraction (GString *out, gint64 time, guint digits);
void ph_format_dump (GString *out, const guint8 *bytes, gsize length, const char *indent);
void ph_format_shown (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload);
gboolean ph_format_netassist (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload);
gboolean ph_format_netassist_5 (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload);
gboolean ph_format_csv (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload);
void ph_format_json (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload);


/* ph-format-language.c. NP_ marks both forms of a sentence that counts, as N_ marks one. */
#define NP_(one, many) one, many
const char *ph_format_say (PhLanguage language, const char *text);
const char *ph_format_say_many (PhLanguage language, const char *one, const char *many, guint64 n);
void ph_format_expand (GString *out, const char *format, const char *const *values);

G_END_DECLS
