/* fixture.h: a worker under test, its records read one by one, and plain sockets to talk to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-plat.h"
#include "ph-record.h"
#include "ph-words.h"
#include "ph-worker.h"

G_BEGIN_DECLS

#define PATIENCE 60 /* seconds until something that should have happened is a failure */

typedef struct
{
  PhStore *store;
  PhWorker *worker;
  GMutex mutex;
  GCond cond;
  gboolean woken;
  guint64 next;
  gboolean stream; /* what was opened last carries streams, so each piece of data has to say so */
  /* the record read last */
  PhRecord record;
  char *payload; /* record.length bytes and a NUL; of words, their sentence in English */
  PhWords words;
  /* its port, if it was OPEN or JOINED */
  int port;
  guint32 peer; /* if it was JOINED or PEER */
} Net;

Net *net_new (void);
void net_free (Net *net);
void net_open (Net *net, const char *transport, const char *local, int local_port, const char *remote, int remote_port);
void net_open_endpoint (Net *net, PhEndpoint *endpoint);
void net_next (Net *net);
void net_expect (Net *net, PhRecordKind kind);
void net_expect_text (Net *net, PhRecordKind kind, const char *text);
guint64 net_number (Net *net, const char *name);
void net_send (Net *net, guint32 peer, const char *host, int port, const void *bytes, gsize length);
void net_send_text (Net *net, guint32 peer, const char *text);
void net_close (Net *net);

/* Plain sockets to talk to it. They wait, PATIENCE at most. */
int peer_socket (PhSocketType type, const char *host, int *ret_port);
gboolean peer_can_be_anywhere (void);
int peer_deaf_listener (int *ret_port, int fillers[8]);
int peer_connect (int port);
int peer_accept (int listener);
gssize peer_send (int fd, const void *bytes, gsize length);
gsize peer_send_until_full (int fd, const void *bytes, gsize length);
void peer_send_urgent (int fd, char byte);
void peer_send_to (int fd, int port, const void *bytes, gsize length);
gboolean peer_send_to_host (int fd, const char *host, int port, const void *bytes, gsize length);
gboolean peer_join (int fd, const char *group);
gssize peer_receive_some (int fd, void *buffer, gsize size);
gssize peer_receive_from (int fd, void *buffer, gsize size, char ret_host[64]);
void peer_receive (int fd, char *buffer, gsize length);
gpointer peer_read_to_the_end (gpointer fd);
gboolean peer_has_news (int fd);
int peer_finish (int fd);
void peer_reset (int fd);
void peer_close (int fd);

G_END_DECLS
