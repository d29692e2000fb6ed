/* ph-names.h: a table of the addresses that peer numbers and destination numbers in records stand for
 *
 * A record has a number for its peer, and one for the address that a datagram was sent to. The address itself is in another
 * record, before it: PEER, JOINED or DESTINATION. A table gets all records in their order and keeps these addresses.
 *
 * At its limit a table forgets the peer that left first; if none has left, the peer that became known first.
 *
 * A table is used by one thread at a time. A second thread has its own, made with ph_names_foreach().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-record.h"

G_BEGIN_DECLS

/** Stands between the two addresses that an endpoint is bound to. */
#define PH_NAMES_AND ", "

/** PhDestination: where datagrams were sent to. */
typedef struct
{
  gboolean unusual; /* worth showing: not the one address that all else is sent to */
  char address[];   /* UTF-8, with marks for what cannot be shown */
} PhDestination;

typedef struct _PhName PhName;

/** PhName: a peer. It stays where it is until it is forgotten, or its number is given to another address. */
struct _PhName
{
  PhName *previous, *next; /* in the order of becoming known, or of leaving */
  gpointer data;           /* what the owner of the table keeps for it; NULL at first */
  guint32 number;
  gboolean gone;           /* it has left */
  char address[];          /* UTF-8, with marks for what cannot be shown */
};

typedef struct _PhNames PhNames;

/** PhNamesForgetFunc: frees the data of @name, which is about to be forgotten. Called only if it has data. */
typedef void (*PhNamesForgetFunc) (PhName *name, gpointer data);
/** PhNamesFunc: @record is made anew to say one name; @text is its payload. Its time and offset are 0. */
typedef void (*PhNamesFunc) (const PhRecord *record, const char *text, gpointer data);

PhNames *ph_names_new (guint limit, PhNamesForgetFunc forget_func, gpointer data);
void ph_names_free (PhNames *names);
void ph_names_record (PhNames *names, const PhRecord *record, const guint8 *payload);
PhName *ph_names_find (PhNames *names, guint32 number);
const char *ph_names_get_peer (PhNames *names, guint32 number);
const PhDestination *ph_names_get_destination (const PhNames *names, const PhRecord *record);
const char *ph_names_get_local (const PhNames *names);
gboolean ph_names_is_stream (const PhNames *names);
void ph_names_let_go (PhNames *names, PhName *name);
PhName *ph_names_first (const PhNames *names);
PhName *ph_names_last (const PhNames *names);
guint ph_names_count (const PhNames *names);
void ph_names_foreach (const PhNames *names, PhNamesFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhNames, ph_names_free)

G_END_DECLS
