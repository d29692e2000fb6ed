/* ph-command.h: a command to a worker: open, close, send, repeat, disconnect a peer and so on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-endpoint.h"
#include "ph-feed.h"
#include "ph-payload.h"
#include "ph-pieces.h"
#include "ph-target.h"

G_BEGIN_DECLS

typedef enum
{
  PH_COMMAND_OPEN,        /* endpoint */
  PH_COMMAND_CLOSE,
  PH_COMMAND_SEND,        /* target, payload, pieces */
  PH_COMMAND_REPEAT,      /* target, payload, pieces, interval, times, slot, name; or steps in place of the first four */
  PH_COMMAND_CHANGE_REPEAT, /* the same, for the repeat that runs */
  PH_COMMAND_STOP_REPEAT, /* slot */
  PH_COMMAND_FEED,        /* target, feed */
  PH_COMMAND_FEED_NEWS,   /* there is more in the feed, or its flags have changed */
  PH_COMMAND_CONTROL,     /* target.peer, action */
  PH_COMMAND_FINISH,      /* nothing more is sent */
  PH_COMMAND_RESOLVED,    /* id, and addrs or error; sent by a thread of the resolver */
  PH_COMMAND_QUIT,
} PhCommandKind;

/**
 * PhSequenceStep: one message of a sequence.
 * @delay: ns to wait before it
 */
typedef struct
{
  PhTarget target;
  PhPayload *payload;
  gint64 delay;
} PhSequenceStep;

GArray *ph_sequence_steps_new (void);
void ph_sequence_steps_add (GArray *steps, const PhTarget *target, PhPayload *payload, gint64 delay);

/** PhCommand: owns what it points to. The fields that its kind does not name are zero. */
typedef struct
{
  PhCommandKind kind;
  PhEndpoint *endpoint;
  PhTarget target;
  PhPayload *payload;
  PhPieces pieces;
  gint64 interval; /* ns; 0: as fast as possible */
  guint64 times;   /* 0: without end */
  guint slot;      /* of a repeat: 0, or its place in the repeat list */
  char *name;      /* nullable: of what is repeated */
  GArray *steps;   /* nullable: of #PhSequenceStep: a sequence, and @times counts its messages */
  PhFeed *feed;
  PhPeerAction action;
  guint64 id;      /* of the look-up */
  GArray *addrs;   /* of #PhAddr */
  GError *error;
} PhCommand;

void ph_command_free (PhCommand *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCommand, ph_command_free)

G_END_DECLS
