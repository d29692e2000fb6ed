/* ph-payload-fill.c: what a text needs before it can be sent, answers and files, and putting these in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-payload-private.h"

#include "ph-hex.h"

/** ph_payload_is_needy: Returns: whether it has to be filled before it can be built */
gboolean
ph_payload_is_needy (const PhPayload *payload)
{
  return payload->needs > 0;
}

/**
 * ph_payload_get_needs:
 *
 * Returns: (transfer container) (element-type PhNeed): what it needs before it can be built, in the order of the text; the names belong
 *   to @payload
 */
GArray *
ph_payload_get_needs (const PhPayload *payload)
{
  GArray *needs = g_array_new (FALSE, FALSE, sizeof (PhNeed));

  for (guint i = 0; payload->needs > 0 && i < payload->steps->len; i++)
    {
      const PhStep *step = &g_array_index (payload->steps, PhStep, i);
      PhNeed need;

      if (!ph_step_is_need (step))
        continue;
      need = ph_variable_get_need (step->variable);
      g_array_append_val (needs, need);
    }

  return needs;
}

/* The bytes that @content stands for: those of a file, or what was typed. */
static GBytes *
encode_content (const PhPayload *payload, const PhStep *step, GBytes *content, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (content, &length);

  if (ph_variable_get_need (step->variable).kind == PH_NEED_FILE)
    return g_bytes_ref (content);

  return payload->hex ? ph_hex_parse_bytes (text, length, NULL, error)
                      : ph_charset_encode (step->charset, text, (gssize) length, NULL, error);
}

static void
copy_step (GArray *steps, const PhStep *step)
{
  PhStep copy = *step;

  if (copy.bytes != NULL)
    g_bytes_ref (copy.bytes);
  if (copy.check != NULL)
    ph_check_ref (copy.check);
  if (copy.variable != NULL)
    ph_variable_ref (copy.variable);
  g_array_append_val (steps, copy);
}

/**
 * ph_payload_fill:
 * @contents: one for each need, in their order: the bytes of a file, or an answer in UTF-8, which is hex digits where the text is
 * @ret_failed: (out) (optional): written on failure only: which of @contents cannot be sent; their number if it is none of them
 * @error: %PH_CODEC_ERROR or %PH_CHECK_ERROR
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a payload that needs nothing, and counts its messages together with @payload
 */
PhPayload *
ph_payload_fill (const PhPayload *payload, GBytes *const *contents, guint *ret_failed, GError **error)
{
  g_autoptr (GArray) steps = ph_steps_new ();
  guint filled = 0;
  PhPayload *made;

  for (guint i = 0; i < payload->steps->len; i++)
    {
      const PhStep *step = &g_array_index (payload->steps, PhStep, i);

      if (!ph_step_is_need (step))
        copy_step (steps, step);
      else if (ph_steps_add_bytes (steps, encode_content (payload, step, contents[filled], error)))
        filled++;
      else
        {
          if (ret_failed != NULL)
            *ret_failed = filled;
          return NULL;
        }
    }
  made = ph_payload_new_of_steps (g_steal_pointer (&steps), payload->form, error);
  if (made == NULL)
    {
      if (ret_failed != NULL)
        *ret_failed = filled;
      return NULL;
    }
  ph_payload_count_with (made, payload);

  return made;
}
