/* ph-names.c: a table of the addresses that peer numbers and destination numbers in records stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-names.h"

#include <string.h>

#include "ph-marks.h"

typedef struct
{
  PhName *first, *last;
} List;

struct _PhNames
{
  guint limit;
  PhNamesForgetFunc forget; /* nullable */
  gpointer forget_data;

  /* borrowed: each peer is in one of the two */
  List here; /* in the order of becoming known */
  List gone; /* in the order of leaving */
  PhName *found; /* nullable: records of the same peer often follow each other */

  /* owned */
  GHashTable *peers;       /* number → PhName */
  GPtrArray *destinations; /* of PhDestination, NULL where there is none; a number is an index */
  char *local;             /* nullable */
  gboolean local_is_two;
  gboolean stream;
};

static void
append (List *list, PhName *name)
{
  name->previous = list->last;
  name->next = NULL;
  if (list->last != NULL)
    list->last->next = name;
  else
    list->first = name;
  list->last = name;
}

static void
take_out (List *list, PhName *name)
{
  if (name->previous != NULL)
    name->previous->next = name->next;
  else
    list->first = name->next;
  if (name->next != NULL)
    name->next->previous = name->previous;
  else
    list->last = name->previous;
}

static void
forget (PhNames *self, PhName *name)
{
  if (name->data != NULL && self->forget != NULL)
    self->forget (name, self->forget_data);
  take_out (name->gone ? &self->gone : &self->here, name);
  if (self->found == name)
    self->found = NULL;
  g_hash_table_remove (self->peers, GUINT_TO_POINTER (name->number)); /* frees it */
}

/**
 * ph_names_new:
 * @limit: peers to know at most; at least 1
 * @forget_func: (nullable) (scope forever): called for each peer with data that is forgotten, also by ph_names_free()
 * @data: for @forget_func
 *
 * Returns: (transfer full): an empty table
 */
PhNames *
ph_names_new (guint limit, PhNamesForgetFunc forget_func, gpointer data)
{
  PhNames *self = g_new0 (PhNames, 1);

  self->limit = MAX (limit, 1);
  self->forget = forget_func;
  self->forget_data = data;
  self->peers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->destinations = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
ph_names_free (PhNames *self)
{
  while (self->here.first != NULL)
    forget (self, self->here.first);
  while (self->gone.first != NULL)
    forget (self, self->gone.first);
  g_hash_table_unref (self->peers);
  g_ptr_array_unref (self->destinations);
  g_free (self->local);
  g_free (self);
}

/* ---- learning ---- */

/* The one place where the text of a name is made safe to keep. A file may claim any address: whatever the payload is, this is
 * valid UTF-8 on one line, and does nothing to a terminal. */
static char *
dup_text (const PhRecord *record, const guint8 *payload)
{
  return ph_marks_dup ((const char *) payload, record->length, PH_MARKS_NAME_MAX);
}

/* One endpoint can have a socket of each family. A file may claim any number of them. */
static void
learn_local (PhNames *self, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *before = g_steal_pointer (&self->local), *address = dup_text (record, payload);

  self->local_is_two = before != NULL && !self->local_is_two;
  self->local = self->local_is_two ? g_strconcat (before, PH_NAMES_AND, address, NULL) : g_steal_pointer (&address);
}

static void
learn_peer (PhNames *self, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *address = dup_text (record, payload);
  gsize size = strlen (address) + 1;
  PhName *name = ph_names_find (self, record->peer);

  if (name != NULL)
    forget (self, name);
  while (g_hash_table_size (self->peers) >= self->limit)
    forget (self, self->gone.first != NULL ? self->gone.first : self->here.first);
  name = g_malloc (sizeof *name + size);
  *name = (PhName) { .number = record->peer };
  memcpy (name->address, address, size);
  append (&self->here, name);
  g_hash_table_insert (self->peers, GUINT_TO_POINTER (name->number), name);
}

static void
learn_destination (PhNames *self, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *address = dup_text (record, payload);
  gsize size = strlen (address) + 1;
  PhDestination *destination = g_malloc (sizeof *destination + size);

  destination->unusual = (record->flags & PH_RECORD_UNUSUAL) != 0;
  memcpy (destination->address, address, size);
  if (record->detail >= self->destinations->len)
    g_ptr_array_set_size (self->destinations, record->detail + 1);
  g_free (self->destinations->pdata[record->detail]);
  self->destinations->pdata[record->detail] = destination;
}

/* Connections end with what they belong to; who sent a datagram can still be answered. */
static void
let_connections_go (PhNames *self)
{
  while (self->stream && self->here.first != NULL)
    ph_names_let_go (self, self->here.first);
}

/**
 * ph_names_record:
 * @record: the next record, of any kind
 * @payload: its bytes
 *
 * Keeps the name that @record says, if it says one.
 */
void
ph_names_record (PhNames *self, const PhRecord *record, const guint8 *payload)
{
  PhName *name;

  switch ((PhRecordKind) record->kind)
    {
    case PH_RECORD_PEER:
    case PH_RECORD_JOINED:
      learn_peer (self, record, payload);
      break;
    case PH_RECORD_DESTINATION:
      learn_destination (self, record, payload);
      break;
    case PH_RECORD_LEFT:
      name = ph_names_find (self, record->peer);
      if (name != NULL)
        ph_names_let_go (self, name);
      break;
    case PH_RECORD_OPENING:
      g_clear_pointer (&self->local, g_free);
      self->stream = record->detail == PH_OPENING_STREAM;
      let_connections_go (self);
      break;
    case PH_RECORD_OPEN:
      learn_local (self, record, payload);
      break;
    case PH_RECORD_CLOSED:
      g_clear_pointer (&self->local, g_free);
      let_connections_go (self);
      break;
    default:
      break;
    }
}

/**
 * ph_names_let_go:
 * @name: one of its peers
 *
 * Marks a peer that has left: it is forgotten before the others. Does nothing if it is marked already.
 */
void
ph_names_let_go (PhNames *self, PhName *name)
{
  if (name->gone)
    return;
  take_out (&self->here, name);
  name->gone = TRUE;
  append (&self->gone, name);
}

/* ---- answering ---- */

/**
 * ph_names_find:
 * @number: a peer number
 *
 * Returns: (transfer none) (nullable): the peer, if it is known and not forgotten; valid until the next record
 */
PhName *
ph_names_find (PhNames *self, guint32 number)
{
  if (self->found == NULL || self->found->number != number)
    self->found = g_hash_table_lookup (self->peers, GUINT_TO_POINTER (number));

  return self->found;
}

/**
 * ph_names_get_peer:
 * @number: a peer number
 *
 * Returns: (transfer none) (nullable): its address, if it is known and not forgotten; valid until the next record
 */
const char *
ph_names_get_peer (PhNames *self, guint32 number)
{
  PhName *name = ph_names_find (self, number);

  return name != NULL ? name->address : NULL;
}

/**
 * ph_names_get_destination:
 * @record: any record
 *
 * Returns: (transfer none) (nullable): the address that the datagram was sent to; %NULL if that is the bound address or
 *   not known; valid until the next record
 */
const PhDestination *
ph_names_get_destination (const PhNames *self, const PhRecord *record)
{
  if (record->kind != PH_RECORD_IN || record->detail >= self->destinations->len)
    return NULL;

  return self->destinations->pdata[record->detail];
}

/**
 * ph_names_get_local:
 *
 * Returns: (transfer none) (nullable): what is bound, while something is open: an address, or two with %PH_NAMES_AND between
 *   them; valid until the next record
 */
const char *
ph_names_get_local (const PhNames *self)
{
  return self->local;
}

/**
 * ph_names_is_stream:
 *
 * Returns: whether what was opened last carries streams
 */
gboolean
ph_names_is_stream (const PhNames *self)
{
  return self->stream;
}

/**
 * ph_names_first:
 *
 * Returns: (transfer none) (nullable): the peer that became known first, of those that have not left; follow `next` for the others
 */
PhName *
ph_names_first (const PhNames *self)
{
  return self->here.first;
}

/**
 * ph_names_last:
 *
 * Returns: (transfer none) (nullable): the newest peer, of those that have not left; follow `previous` for the others
 */
PhName *
ph_names_last (const PhNames *self)
{
  return self->here.last;
}

/**
 * ph_names_count:
 *
 * Returns: how many peers are known
 */
guint
ph_names_count (const PhNames *self)
{
  return g_hash_table_size (self->peers);
}

static void
tell_peers (const List *list, PhNamesFunc func, gpointer data)
{
  for (const PhName *name = list->first; name != NULL; name = name->next)
    {
      const PhRecord record = { .kind = PH_RECORD_PEER, .peer = name->number, .length = (guint32) strlen (name->address) };

      func (&record, name->address, data);
    }
}

/**
 * ph_names_foreach:
 * @func: called with a record for each peer and each destination
 * @data: for @func
 *
 * A table that gets these records has the same names. Peers come in the order in which they would be forgotten.
 */
void
ph_names_foreach (const PhNames *self, PhNamesFunc func, gpointer data)
{
  tell_peers (&self->gone, func, data);
  tell_peers (&self->here, func, data);
  for (guint number = 0; number < self->destinations->len; number++)
    {
      const PhDestination *destination = self->destinations->pdata[number];
      PhRecord record = { .kind = PH_RECORD_DESTINATION, .detail = (guint16) number };

      if (destination == NULL)
        continue;
      record.flags = destination->unusual ? PH_RECORD_UNUSUAL : 0;
      record.length = (guint32) strlen (destination->address);
      func (&record, destination->address, data);
    }
}
