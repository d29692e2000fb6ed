/* ph-payload-private.h: the steps of a payload, for the files that make and fill one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdatomic.h>

#include "ph-check.h"
#include "ph-payload.h"

G_BEGIN_DECLS

/** PhSpan: where some bytes of a message are. */
typedef struct
{
  gsize at, length;
} PhSpan;

typedef struct _PhStep PhStep;

/** PhStep: appends something to the message that the steps before it have begun. */
struct _PhStep
{
  gboolean (*append) (const PhStep *step, const PhValues *values, GByteArray *message, GError **error);
  GBytes *bytes;            /* nullable */
  PhCheck *check;           /* nullable */
  PhVariable *variable;     /* nullable */
  const PhCharset *charset; /* nullable: of the variable */
};

struct _PhPayload
{
  GArray *steps;         /* of PhStep; nullable: not needed any more where every message is the same */
  GBytes *message;       /* nullable: what every message is */
  PhSpan check;          /* in @message */
  guint needs;           /* steps that need an answer or a file */
  gboolean addresses;    /* a variable is an address */
  gboolean hex;          /* answers are hex digits */
  guint8 form;
  _Atomic guint64 *number; /* of the next message; shared by those that are filled from one */
};

GArray *ph_steps_new (void);
gboolean ph_steps_add_bytes (GArray *steps, GBytes *bytes);
GBytes *ph_steps_run (const GArray *steps, const PhValues *values, gboolean draft, PhSpan *ret_check, GError **error);
gboolean ph_step_is_need (const PhStep *step);
PhPayload *ph_payload_new_of_steps (GArray *steps, guint8 form, GError **error);

G_END_DECLS
