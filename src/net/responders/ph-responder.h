/* ph-responder.h: the table of responders: what may answer data that a link has received
 *
 * To add one: write ph-NAME.c here with its row, declare the row in ph-responders.h, and list it in ph-responder.c, the file
 * in meson.build and in po/POTFILES.in. tests/net/responders/test-responder.c holds every row to the rules below.
 *
 * Rules that hold for every responder, and that it does not have to care for:
 *  - It is called on the worker thread after the records of the data are committed.
 *  - A stream's peer that does not read its answers is not read from, so nothing received has to stay unanswered.
 *  - A datagram that the socket sent to itself is not answered: that would never end.
 *  - The OUT records of its answers carry %PH_RECORD_ANSWER.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-transport.h"

G_BEGIN_DECLS

/**
 * PhResponder: one row.
 * @id: stable: in settings, on the command line, in tests
 * @summary: N_(): what it does, in a sentence of the command line's help
 * @received: called for each datagram, and for each read of a stream. It must not block. @bytes stay valid until the
 *   first record is written, so what is needed later is copied. It answers with ph_link_answer(), after which the
 *   connection may be gone.
 */
struct _PhResponder
{
  const char *id, *summary;
  void (*received) (PhLink *link, guint32 peer, const PhAddr *from, const guint8 *bytes, gsize n);
};
typedef struct _PhResponder PhResponder;

const PhResponder *ph_responder_at (guint index); /* NULL past the last */
const PhResponder *ph_responder_find (const char *id);

G_END_DECLS
