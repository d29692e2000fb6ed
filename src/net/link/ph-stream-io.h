/* ph-stream-io.h: how the bytes of a stream are received and sent: the table of functions below ph-stream.c
 *
 * Plain sockets are the first row. A row that lies between the stream and the socket, such as one that encrypts, may hold
 * bytes that no poll announces, and may have to write before it can receive; @pending and @wants are there for that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-sock.h"

G_BEGIN_DECLS

/**
 * PhStreamIo: one row. All functions run on the worker thread, for a connected socket, and never block. The state of a row
 * is in @io_state of the socket.
 * @receive: takes up to @size bytes; 0: the peer sends no more; -1: @ret_error is set, %PH_ERROR_WOULD_BLOCK if there is
 *   nothing for now
 * @send: hands over up to @length bytes, more than 0; returns how many were taken; -1 with @ret_error as above
 * @finish: sends nothing more: says so to the peer, behind all that was sent. %FALSE if the connection is broken, which the poll
 *   set tells of
 * @shutdown: (nullable): called once, before the socket is closed: says so to the peer, and frees @io_state
 * @wants: what the poll has to announce before @receive (@what is %PH_IO_READ) or @send (%PH_IO_WRITE) is worth a call.
 *   Asked again after each call of the two
 * @pending: how many bytes @receive would give although no poll announces them
 */
struct _PhStreamIo
{
  gssize (*receive) (PhSock *sock, guint8 *buffer, gsize size, PhError *ret_error);
  gssize (*send) (PhSock *sock, const guint8 *bytes, gsize length, PhError *ret_error);
  gboolean (*finish) (PhSock *sock);
  void (*shutdown) (PhSock *sock);
  PhIo (*wants) (PhSock *sock, PhIo what);
  gsize (*pending) (PhSock *sock);
};

extern const PhStreamIo ph_stream_plain;

G_END_DECLS
