/* ph-flow.h: flows: what goes one way between a stream's peer and this side, across records
 *
 * The records of a flow have the same peer and the same direction. A character may be cut where one ends and the next one
 * begins, so the bytes of its first part are carried along (PhCarry). A flow ends when its peer leaves, when the side that
 * sends has finished, or with all that is open.
 *
 * Who looks at records in any order asks ph_flow_has() and ph_flow_is_border(). Who gets them one after the other keeps a
 * #PhFlows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-record.h"

G_BEGIN_DECLS

#define PH_FLOWS_MAX 65536u /* flows with a cut character at a time; then all of them are ended */

gboolean ph_flow_has (const PhRecord *of, const PhRecord *record);
gboolean ph_flow_is_border (const PhRecord *of, const PhRecord *record);

/** PhFlow: a flow with a cut character. */
typedef struct
{
  guint32 peer;
  PhRecordKind kind; /* in or out */
  PhCarry carry;
  char *address; /* nullable: of the peer, who may be forgotten when the flow ends */
} PhFlow;

typedef struct _PhFlows PhFlows;
typedef void (*PhFlowFunc) (const PhFlow *flow, gpointer data);

PhFlows *ph_flows_new (void);
void ph_flows_free (PhFlows *flows);
PhCarry ph_flows_get_carry (PhFlows *flows, const PhRecord *record);
void ph_flows_set_carry (PhFlows *flows, const PhRecord *record, const PhCarry *carry, const char *address);
void ph_flows_end (PhFlows *flows, const PhRecord *record, PhFlowFunc ended, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFlows, ph_flows_free)

G_END_DECLS
