/* ph-command.h: what a worker is told, and the box the words wait in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-endpoint.h"

G_BEGIN_DECLS

typedef enum
{
  PH_COMMAND_OPEN,        /* endpoint */
  PH_COMMAND_CLOSE,
  PH_COMMAND_SEND,        /* peer, host, port, heard_last, bytes */
  PH_COMMAND_REPEAT,      /* the same, and interval and times */
  PH_COMMAND_STOP_REPEAT,
  PH_COMMAND_KICK,        /* peer */
  PH_COMMAND_RESOLVED,    /* id, addrs or error: from a pool thread */
  PH_COMMAND_QUIT,
} PhCommandKind;

/** PhCommand: one command; the fields that its kind does not name are zero. */
typedef struct
{
  PhCommandKind kind;
  PhEndpoint *endpoint;
  guint32 peer;
  int port;
  gboolean heard_last;
  char *host;
  GBytes *bytes;
  gint64 interval; /* ns; 0: as fast as possible */
  guint64 times;   /* 0: without end */
  guint64 id;
  GArray *addrs;
  GError *error;
} PhCommand;

void ph_command_free (PhCommand *command);

/**
 * PhInbox: commands on their way to a worker. Counted, so that a look-up that ends after the worker has gone finds a
 * place to leave its answer.
 */
typedef struct _PhInbox PhInbox;

PhInbox *ph_inbox_new (PhPoll *poll);
PhInbox *ph_inbox_ref (PhInbox *inbox);
void ph_inbox_unref (PhInbox *inbox);
PhPoll *ph_inbox_get_poll (PhInbox *inbox);
void ph_inbox_push (PhInbox *inbox, PhCommand *command);
PhCommand *ph_inbox_pop (PhInbox *inbox);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCommand, ph_command_free)

G_END_DECLS
