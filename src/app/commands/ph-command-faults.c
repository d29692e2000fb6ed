/* ph-command-faults.c: what is wrong with the message of a quick command, field by field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-faults.h"

#include "ph-check.h"
#include "ph-command-message.h"
#include "ph-hex.h"

/* The text as it would be sent with nothing around it. */
static void
check_text (PhQuickCommand *command, PhCommandFaults *faults)
{
  PhPayloadFormat format = *ph_quick_command_get_format (command);
  g_autoptr (PhPayload) payload = NULL;

  format.prefix = format.suffix = format.check = NULL;
  faults->place = PH_COMMAND_FAULTS_NO_PLACE;
  payload = ph_payload_new (&format, ph_quick_command_get_text (command), &faults->place, &faults->text);
}

static void
check_hex (const char *digits, GError **error)
{
  GBytes *bytes = digits != NULL ? ph_hex_parse (digits, NULL, error) : NULL;

  g_clear_pointer (&bytes, g_bytes_unref);
}

/* Words that are right may still not fit the text. */
static void
check_check (PhQuickCommand *command, PhCommandFaults *faults)
{
  const char *words = ph_quick_command_get_format (command)->check;
  gboolean others = faults->text != NULL || faults->prefix != NULL || faults->suffix != NULL;
  g_autoptr (PhPayload) payload = NULL;
  PhCheckSpec spec;

  if (words != NULL && ph_check_parse (words, &spec, &faults->check) && !others)
    payload = ph_quick_command_compile (command, NULL, &faults->check);
}

/** ph_command_faults_find: @ret_faults: (out): freed by ph_command_faults_clear() */
void
ph_command_faults_find (PhQuickCommand *command, PhCommandFaults *ret_faults)
{
  const PhPayloadFormat *format = ph_quick_command_get_format (command);

  *ret_faults = (PhCommandFaults) { 0 };
  check_text (command, ret_faults);
  check_hex (format->prefix, &ret_faults->prefix);
  check_hex (format->suffix, &ret_faults->suffix);
  check_check (command, ret_faults);
}

void
ph_command_faults_clear (PhCommandFaults *faults)
{
  g_clear_error (&faults->text);
  g_clear_error (&faults->prefix);
  g_clear_error (&faults->suffix);
  g_clear_error (&faults->check);
}
