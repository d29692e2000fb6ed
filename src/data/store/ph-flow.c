/* ph-flow.c: flows: one peer and one direction of a stream, across its records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-flow.h"

/* ---- records in any order ---- */

/**
 * ph_flow_has:
 * @of: a data record of a stream
 * @record: any record
 *
 * Returns: whether @record belongs to the flow of @of
 */
gboolean
ph_flow_has (const PhRecord *of, const PhRecord *record)
{
  return record->kind == of->kind && record->peer == of->peer && ph_record_is_stream (record);
}

/**
 * ph_flow_is_border:
 * @of: a data record of a stream
 * @record: any record
 *
 * Returns: whether the flow of @of begins or ends with @record, so that no part of a character is carried across it
 */
gboolean
ph_flow_is_border (const PhRecord *of, const PhRecord *record)
{
  switch (record->kind)
    {
    case PH_RECORD_OPENING:
    case PH_RECORD_OPEN:
    case PH_RECORD_CLOSED:
      return TRUE;
    case PH_RECORD_JOINED:
    case PH_RECORD_LEFT:
      return record->peer == of->peer;
    case PH_RECORD_HALF_CLOSED:
      return record->peer == of->peer && of->kind == PH_RECORD_IN;
    default:
      return FALSE;
    }
}

/* ---- one after the other ---- */

struct _PhFlows
{
  GHashTable *flows; /* set of PhFlow, by peer and kind; most flows have no cut character, and are not in it */
};

static guint
flow_hash (gconstpointer data)
{
  const PhFlow *flow = data;

  return flow->peer * 2 + (flow->kind == PH_RECORD_OUT);
}

static gboolean
flow_equal (gconstpointer a, gconstpointer b)
{
  const PhFlow *left = a, *right = b;

  return left->peer == right->peer && left->kind == right->kind;
}

static void
flow_free (gpointer data)
{
  PhFlow *flow = data;

  g_free (flow->address);
  g_free (flow);
}

/**
 * ph_flows_new:
 *
 * Returns: (transfer full): an empty set of flows
 */
PhFlows *
ph_flows_new (void)
{
  PhFlows *self = g_new0 (PhFlows, 1);

  self->flows = g_hash_table_new_full (flow_hash, flow_equal, flow_free, NULL);

  return self;
}

void
ph_flows_free (PhFlows *self)
{
  g_hash_table_unref (self->flows);
  g_free (self);
}

/**
 * ph_flows_get_carry:
 * @record: the next data record of a stream
 *
 * Returns: the first part of a character that continues in @record; all zero if there is none
 */
PhCarry
ph_flows_get_carry (PhFlows *self, const PhRecord *record)
{
  const PhFlow key = { .peer = record->peer, .kind = record->kind };
  const PhFlow *flow = g_hash_table_size (self->flows) > 0 ? g_hash_table_lookup (self->flows, &key) : NULL;

  return flow != NULL ? flow->carry : (PhCarry) { .length = 0 };
}

/**
 * ph_flows_set_carry:
 * @record: the data record that was given to ph_flows_get_carry()
 * @carry: the part of a character at its end; all zero if none is cut
 * @address: (nullable): the address of its peer
 *
 * Keeps @carry for the next record of the flow, or for the end of the flow.
 */
void
ph_flows_set_carry (PhFlows *self, const PhRecord *record, const PhCarry *carry, const char *address)
{
  const PhFlow key = { .peer = record->peer, .kind = record->kind };
  PhFlow *flow;

  if (carry->length == 0 && g_hash_table_size (self->flows) == 0)
    return;
  g_hash_table_remove (self->flows, &key);
  if (carry->length == 0)
    return;
  flow = g_new (PhFlow, 1);
  *flow = key;
  flow->carry = *carry;
  flow->address = g_strdup (address);
  g_hash_table_add (self->flows, flow);
}

/* Ends the flow of @peer and @kind if @record is its end. */
static void
end_one (PhFlows *self, guint32 peer, PhRecordKind kind, const PhRecord *record, PhFlowFunc ended, gpointer data)
{
  const PhFlow key = { .peer = peer, .kind = kind };
  const PhRecord of = { .kind = (guint8) kind, .peer = peer };
  const PhFlow *flow = g_hash_table_lookup (self->flows, &key);

  if (flow == NULL || !ph_flow_is_border (&of, record))
    return;
  ended (flow, data);
  g_hash_table_remove (self->flows, &key);
}

/**
 * ph_flows_end:
 * @record: the next record, of any kind
 * @ended: called for each flow that ends while a part of a character is left: because of @record, or at %PH_FLOWS_MAX
 *
 * To be called before ph_flows_get_carry() for the same record.
 */
void
ph_flows_end (PhFlows *self, const PhRecord *record, PhFlowFunc ended, gpointer data)
{
  gboolean all = g_hash_table_size (self->flows) >= PH_FLOWS_MAX || record->kind == PH_RECORD_OPENING
                 || record->kind == PH_RECORD_OPEN || record->kind == PH_RECORD_CLOSED;
  GHashTableIter iter;
  gpointer flow;

  if (g_hash_table_size (self->flows) == 0 || (!all && ph_record_is_data (record)))
    return;
  if (!all)
    {
      end_one (self, record->peer, PH_RECORD_IN, record, ended, data);
      end_one (self, record->peer, PH_RECORD_OUT, record, ended, data);
      return;
    }
  g_hash_table_iter_init (&iter, self->flows);
  while (g_hash_table_iter_next (&iter, &flow, NULL))
    ended (flow, data);
  g_hash_table_remove_all (self->flows);
}
