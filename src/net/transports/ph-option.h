/* ph-option.h: the options of transports: a row holds all that the window and the command line need to offer one
 *
 * Each transport lists its own; an option that several have is the same row. Its id is its name on the command line ("--ID")
 * and its key in the settings. To add one: write the row, list it in the transports that have it, and add the key to the schema.
 * Everything here may be called on any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PH_OPTION_KIND_NUMBER,
} PhOptionKind;

/** PhOptionSide: which end of the traffic it concerns, and so where the window has it. */
typedef enum
{
  PH_OPTION_LOCAL,  /* how this end is opened: chosen for each tab */
  PH_OPTION_REMOTE, /* how the other end is treated: chosen once, in the preferences */
} PhOptionSide;

/**
 * PhOptionSpec: one row
 * @id: never changed
 * @label: N_(), beside the field
 * @help: N_(), in --help and as a tooltip; without a full stop
 * @unit: (nullable): N_(), behind the field
 * @live: whether it can be changed while the endpoint is open
 * @step: of the buttons beside the field
 */
typedef struct
{
  const char *id, *label, *help, *unit;
  PhOptionKind kind;
  PhOptionSide side;
  gboolean live;
  guint min, max, initial, step;
} PhOptionSpec;

const PhOptionSpec *ph_option_at (guint index);
gboolean ph_option_check (const PhOptionSpec *spec, gint64 value, GError **error);

G_END_DECLS
