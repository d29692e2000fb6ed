/* ph-log-carry.h: characters cut across two records of the same peer and direction
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-log-form.h"
#include "ph-store.h"

G_BEGIN_DECLS

/* How far the other part of a cut character is looked for. Forwards and backwards the limits are the same: else a byte could be
 * shown twice or not at all. */
#define PH_LOG_CARRY_RECORDS 4096u /* records between two of the same flow, at most */
#define PH_LOG_CARRY_CHAIN 256u    /* records of the flow to go back, at most */
#define PH_LOG_CARRY_BYTES (256u * 1024u)
#define PH_LOG_CARRY_CACHE 4096u /* carries remembered */

typedef struct _PhLogCarry PhLogCarry;

PhLogCarry *ph_log_carry_new (PhStore *store, PhLogForms *forms, const PhCharset *charset, gboolean hex);
void ph_log_carry_free (PhLogCarry *self);
void ph_log_carry_before (PhLogCarry *self, guint64 seq, const PhRecord *record, PhCarry *ret_carry);
gboolean ph_log_carry_is_after_cr (PhLogCarry *self, guint64 seq, const PhRecord *record, const guint8 *payload);
gboolean ph_log_carry_has_next (PhLogCarry *self, guint64 seq, const PhRecord *record);
gboolean ph_log_carry_awaits (PhLogCarry *self);
PhDecoder *ph_log_carry_get_decoder (PhLogCarry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLogCarry, ph_log_carry_free)

G_END_DECLS
