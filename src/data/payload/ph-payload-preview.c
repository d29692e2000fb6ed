/* ph-payload-preview.c: a message as it would be built now, to show it before it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-payload-private.h"

/**
 * ph_payload_preview:
 * @ret_check_at, @ret_check_length: (out) (optional): where its check bytes lie; 0 and 0 without
 *
 * The number of the next message does not change. The addresses are empty, and so is what is asked for first.
 *
 * Returns: (transfer full) (nullable): the next message; %NULL if it cannot be built
 */
GBytes *
ph_payload_preview (const PhPayload *payload, gsize *ret_check_at, gsize *ret_check_length)
{
  const PhValues values = { .number = atomic_load_explicit (payload->number, memory_order_relaxed),
                            .time = g_get_real_time () * 1000, .peer = "", .local = "" };
  PhSpan check = payload->check;
  GBytes *message = payload->message != NULL ? g_bytes_ref (payload->message)
                                             : ph_steps_run (payload->steps, &values, TRUE, &check, NULL);

  if (ret_check_at != NULL)
    *ret_check_at = check.at;
  if (ret_check_length != NULL)
    *ret_check_length = check.length;

  return message;
}
