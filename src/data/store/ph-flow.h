/* ph-flow.h: flows: one peer and one direction of a stream, across its records
 *
 * A character may be cut between two records of a flow. Then the bytes of its first part are carried to the next record
 * (PhCarry). A flow ends when its peer leaves, when the side that sends has finished, or when the session closes.
 *
 * Code that reads records in any order asks ph_flow_has() and ph_flow_is_border(). Code that reads them in order keeps a
 * #PhFlows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-record.h"

G_BEGIN_DECLS

#define PH_FLOWS_MAX 65536u /* flows with a cut character at a time; at the limit all of them are ended */

gboolean ph_flow_has (const PhRecord *of, const PhRecord *record);
gboolean ph_flow_is_border (const PhRecord *of, const PhRecord *record);

/** PhFlow: a flow with a cut character. */
typedef struct
{
  guint32 peer;
  PhRecordKind kind; /* in or out */
  PhCarry carry;
  char *address; /* nullable: a copy, because the table of names may have forgotten the peer when the flow ends */
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
