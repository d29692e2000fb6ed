/* ph-cause-table.h: what the tables of causes have in common: a row for a code of the system, by what was tried
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-error.h"

#define ON(operation) (1u << PH_OPERATION_##operation)
#define TRAFFIC (ON (ACCEPT) | ON (CONNECT) | ON (SEND) | ON (SEND_TO) | ON (RECEIVE))
#define ANY (~0u)

/* The first row counts that has the code and the operation. */
typedef struct
{
  int code;
  guint operations; /* bits */
  PhError error;
  const char *name; /* nullable: of the code */
} PhCauseRow;

static inline PhError
ph_cause_look_up (const PhCauseRow *rows, gsize n, PhOperation operation, int code)
{
  for (gsize i = 0; i < n; i++)
    if (rows[i].code == code && (rows[i].operations >> operation & 1) != 0)
      return rows[i].error;

  return PH_ERROR_FAILED;
}
