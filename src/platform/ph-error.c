/* ph-error.c: each cause of failure: its stable id, its words, and what the user can do about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat.h"

#include <glib/gi18n.h>

/* What is known of a #GError beside its code. */
typedef struct
{
  const char *cause; /* interned */
} PhErrorPrivate;

static void
ph_error_private_init (PhErrorPrivate *more)
{
  more->cause = NULL;
}

static void
ph_error_private_copy (const PhErrorPrivate *from, PhErrorPrivate *to)
{
  to->cause = from->cause;
}

static void
ph_error_private_clear (PhErrorPrivate *more)
{
  more->cause = NULL;
}

G_DEFINE_EXTENDED_ERROR (PhError, ph_error)

static const struct
{
  const char *id;
  const char *words; /* N_(); NULL where the code alone says too little */
} causes[] = {
  [PH_ERROR_FAILED] = { "failed", NULL },
  [PH_ERROR_IN_USE] = { "in-use", N_("another program is using that port") },
  [PH_ERROR_DENIED] = { "denied", N_("permission denied") },
  [PH_ERROR_NOT_LOCAL] = { "not-local", N_("it is not an address of this machine") },
  [PH_ERROR_NOT_RESOLVED] = { "not-resolved", N_("the name was not found") },
  [PH_ERROR_REFUSED] = { "refused", N_("refused: nothing is listening there") },
  [PH_ERROR_UNREACHABLE] = { "unreachable", N_("the network or host cannot be reached") },
  [PH_ERROR_TIMED_OUT] = { "timed-out", N_("no answer in time") },
  [PH_ERROR_RESET] = { "reset", N_("reset by the peer") },
  [PH_ERROR_TOO_LONG] = { "too-long", N_("too long for one datagram") },
  [PH_ERROR_WOULD_BLOCK] = { "would-block", NULL },
  [PH_ERROR_NO_DESCRIPTORS] = { "no-descriptors", N_("too many open sockets") },
  [PH_ERROR_NO_MEMORY] = { "no-memory", N_("the system is out of buffer space") },
  [PH_ERROR_FAMILY] = { "family", N_("this kind of address cannot be used here") },
  [PH_ERROR_CANCELLED] = { "cancelled", N_("cancelled") },
  [PH_ERROR_INVALID] = { "invalid", NULL },
  [PH_ERROR_NOT_OPEN] = { "not-open", N_("it is not connected") },
  [PH_ERROR_QUEUE_FULL] = { "queue-full", N_("its queue is full, because it does not read") },
  [PH_ERROR_LIMIT] = { "limit", N_("the limit is reached") },
  [PH_ERROR_NO_SPACE] = { "no-space", N_("the disk is full") },
  [PH_ERROR_NO_INTERFACE] = { "no-interface",
                              /* xgettext:no-c-format */
                              N_("a link-local address needs its interface behind it, as in fe80::1%eth0") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (causes) == PH_ERROR_LAST + 1);

/**
 * ph_error_set:
 * @error: (nullable): what to set
 * @cause: (nullable): a word for machines that says more than @code: "ENOENT", "no-remote-port"
 * @message: translated
 *
 * Any thread. There are only so many words: each is kept as long as the program runs.
 */
void
ph_error_set (GError **error, PhError code, const char *cause, const char *message)
{
  if (error == NULL)
    return;
  g_set_error_literal (error, PH_ERROR, (int) code, message);
  ph_error_get_private (*error)->cause = g_intern_string (cause);
}

/**
 * ph_error_get_cause:
 * @error: of any domain
 *
 * Returns: (nullable): the word that ph_error_set() was given; good as long as the program runs
 */
const char *
ph_error_get_cause (const GError *error)
{
  return error->domain == PH_ERROR ? ph_error_get_private (error)->cause : NULL;
}

/**
 * ph_error_id:
 * @code: may be of a newer program
 *
 * Any thread.
 *
 * Returns: (nullable): the stable word that scripts see: "refused"; %NULL for %PH_ERROR_NONE and unknown numbers
 */
const char *
ph_error_id (PhError code)
{
  return (gsize) code < G_N_ELEMENTS (causes) ? causes[code].id : NULL;
}

/**
 * ph_error_find:
 * @id: (nullable): may be of a newer program
 *
 * Any thread.
 *
 * Returns: the code whose ph_error_id() it is; %PH_ERROR_NONE for others
 */
PhError
ph_error_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (id != NULL && g_strcmp0 (causes[i].id, id) == 0)
      return (PhError) i;

  return PH_ERROR_NONE;
}

/**
 * ph_error_is_momentary:
 * @code: why a system call failed
 *
 * Any thread.
 *
 * Returns: whether the same call may work a little later, without anything having to be done: memory, descriptors or room in a
 *   queue of the system come back
 */
gboolean
ph_error_is_momentary (PhError code)
{
  return code == PH_ERROR_WOULD_BLOCK || code == PH_ERROR_NO_MEMORY || code == PH_ERROR_NO_DESCRIPTORS;
}

/**
 * ph_error_words:
 * @code: may be of a newer program
 *
 * Any thread.
 *
 * Returns: (nullable): what ph_error_why() gives, in English
 */
const char *
ph_error_words (PhError code)
{
  return (gsize) code < G_N_ELEMENTS (causes) ? causes[code].words : NULL;
}

/**
 * ph_error_why:
 * @code: may be of a newer program
 *
 * Any thread.
 *
 * Returns: (nullable): a translated half-sentence to stand behind "cannot … on …: "; %NULL for %PH_ERROR_FAILED and
 *   codes that have no words of their own
 */
const char *
ph_error_why (PhError code)
{
  const char *words = ph_error_words (code);

  return words != NULL ? _(words) : NULL;
}

static const char *
hint_denied (int port, gboolean sandboxed)
{
  if (!ph_plat_has_privileged_ports ())
    return _("The system or another program keeps that port for itself, or a firewall forbids it: choose another port.");
  if (port <= 0 || port >= 1024)
    return _("A firewall or the system’s settings may forbid it.");
  if (sandboxed)
    return _("A sandbox cannot open ports below 1024: choose one above 1023, or install Porthole without a sandbox.");

  return _("Ports below 1024 need administrator rights: choose one above 1023.");
}

/**
 * ph_error_hint:
 * @port: the port that was to be opened, 0 or less if that is of no matter
 * @sandboxed: what ph_plat_is_sandboxed() says
 *
 * Any thread.
 *
 * Returns: (nullable): a translated sentence that says what the user can do
 */
const char *
ph_error_hint (PhError code, int port, gboolean sandboxed)
{
  switch (code)
    {
    case PH_ERROR_IN_USE:
      return _("Close the other program or choose another port. An empty port lets the system choose.");
    case PH_ERROR_DENIED:
      return hint_denied (port, sandboxed);
    case PH_ERROR_NOT_LOCAL:
      return _("Pick one of the addresses in the list. 0.0.0.0 stands for all of them.");
    case PH_ERROR_NOT_RESOLVED:
      return _("Check the spelling and the network connection, or use the IP address.");
    case PH_ERROR_REFUSED:
      return _("Check the port, and that the program at the other end is running.");
    case PH_ERROR_UNREACHABLE:
      return _("Check the address, the cable or Wi-Fi, and the route to that network.");
    case PH_ERROR_TIMED_OUT:
      return _("Check the address; a firewall at the other end may drop what it gets.");
    case PH_ERROR_TOO_LONG:
      return _("A UDP datagram carries at most 65,507 bytes over IPv4.");
    case PH_ERROR_NO_DESCRIPTORS:
      return _("Close other connections, or raise the limit of open files.");
    case PH_ERROR_FAMILY:
      return _("IPv6 may be switched off, or the local and remote address are not of the same kind.");
    case PH_ERROR_QUEUE_FULL:
      return _("Wait until the peer reads, or disconnect it.");
    case PH_ERROR_NO_SPACE:
      return _("Make room on the disk, or choose another folder for captures.");
    default:
      return NULL;
    }
}
