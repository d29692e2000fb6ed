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
  const char *hint;  /* N_(); what the user can do; NULL where that depends on what was tried, or is nothing */
} causes[] = {
  [PH_ERROR_FAILED] = { "failed", NULL },
  [PH_ERROR_IN_USE] = { "in-use", N_("that port is in use already"),
    N_("Close what uses it, or choose another port. An empty port lets the system choose.") },
  [PH_ERROR_DENIED] = { "denied", N_("permission denied") },
  [PH_ERROR_NOT_LOCAL] = { "not-local", N_("it is not an address of this machine"),
    N_("Pick one of the addresses in the list. An empty one stands for all of them.") },
  [PH_ERROR_NOT_RESOLVED] = { "not-resolved", N_("the name was not found"),
    N_("Check the spelling and the network connection, or use the IP address.") },
  [PH_ERROR_REFUSED] = { "refused", N_("refused: nothing is listening there"),
    N_("Check the port, and that the program at the other end is running.") },
  [PH_ERROR_UNREACHABLE] = { "unreachable", N_("the network or host cannot be reached"),
    N_("Check the address, the cable or Wi-Fi, and the route to that network.") },
  [PH_ERROR_TIMED_OUT] = { "timed-out", N_("no answer in time"),
    N_("Check the address; a firewall at the other end may drop what it gets.") },
  [PH_ERROR_RESET] = { "reset", N_("reset by the peer"),
    N_("Check the port, and that the program at the other end is running.") },
  [PH_ERROR_TOO_LONG] = { "too-long", N_("too long for one datagram"),
    N_("A UDP datagram carries at most 65,507 bytes over IPv4.") },
  [PH_ERROR_WOULD_BLOCK] = { "would-block", NULL },
  [PH_ERROR_NO_DESCRIPTORS] = { "no-descriptors", N_("too many open sockets"),
    N_("Close other connections, or raise the limit of open files.") },
  [PH_ERROR_NO_MEMORY] = { "no-memory", N_("the system gives no more memory"),
    N_("Close tabs or other programs, or raise the limit of memory.") },
  [PH_ERROR_FAMILY] = { "family", N_("this kind of address cannot be used here"),
    N_("IPv6 may be switched off, or the local and remote address are not of the same kind.") },
  [PH_ERROR_CANCELLED] = { "cancelled", N_("cancelled") },
  [PH_ERROR_INVALID] = { "invalid", NULL },
  [PH_ERROR_NOT_OPEN] = { "not-open", N_("it is not connected") },
  [PH_ERROR_QUEUE_FULL] = { "queue-full", N_("its queue is full, because it does not read"),
    N_("Wait until the peer reads, or disconnect it.") },
  [PH_ERROR_LIMIT] = { "limit", N_("the limit is reached") },
  [PH_ERROR_NO_SPACE] = { "no-space", N_("the disk is full"),
    N_("Make room on the disk, or choose another folder for recordings.") },
  [PH_ERROR_NO_INTERFACE] = { "no-interface",
                              /* xgettext:no-c-format */
                              N_("a link-local address needs its interface behind it, as in fe80::1%eth0") },
  [PH_ERROR_NO_THREAD] = { "no-thread", N_("the system starts no more threads"),
    N_("Close tabs or other programs, or raise the limit of processes and of memory.") },
  [PH_ERROR_NO_PORT] = { "no-port", N_("every local port is taken"),
    N_("Close other connections, or wait: the port of a closed one is kept for a minute or more.") },
  [PH_ERROR_WATCH_LIMIT] = { "watch-limit", N_("no more sockets can be watched"),
    N_("Close other programs, or raise fs.epoll.max_user_watches.") },
  [PH_ERROR_SYSTEM_FILES] = { "system-files", N_("too many files and sockets are open in the whole system"),
    N_("Close other programs, or raise the limit of open files of the system.") },
  [PH_ERROR_FORBIDDEN] = { "forbidden", N_("a firewall or a route forbids it"),
    N_("Check the firewall of this machine and the routes.") },
  [PH_ERROR_NETWORK_DOWN] = { "network-down", N_("the network is down"),
    N_("Check the cable or Wi-Fi, and that the network interface is up.") },
  [PH_ERROR_SEND_QUEUE] = { "send-queue", N_("the send queue is full"),
    N_("Send more slowly: the network does not carry as much.") },
  [PH_ERROR_ABORTED] = { "aborted", N_("this system broke the connection off"),
    N_("Check the network, and connect again.") },
  [PH_ERROR_CONNECTED] = { "connected", N_("it is connected or connecting already"),
    N_("Disconnect first.") },
  [PH_ERROR_UNSUPPORTED] = { "unsupported", N_("this system does not support it"),
    N_("Check the addresses and options.") },
  [PH_ERROR_REJECTED] = { "rejected", N_("the system does not accept a value"),
    N_("Check the addresses and options.") },
  [PH_ERROR_PROTOCOL] = { "protocol", N_("the network protocol was violated"),
    N_("Try it again.") },
  [PH_ERROR_INTERNAL] = { "internal", N_("a fault of this program"),
    N_("Please report it.") },
  [PH_ERROR_INTERRUPTED] = { "interrupted", N_("it was interrupted"),
    N_("Try it again.") },
  [PH_ERROR_NAME_SERVER] = { "name-server", N_("no name server answers"),
    N_("Check the network connection, try it again, or use the IP address.") },
  [PH_ERROR_NAME_FAILURE] = { "name-failure", N_("the name server failed"),
    N_("Check the network connection, try it again, or use the IP address.") },
  [PH_ERROR_NO_ADDRESS] = { "no-address", N_("the name has no address of that kind"),
    N_("Use another name, or the IP address.") },
  [PH_ERROR_NO_FILE] = { "no-file", N_("there is no such file or folder"),
    N_("Check the path.") },
  [PH_ERROR_EXISTS] = { "exists", N_("a file of that name exists"),
    N_("Choose another name.") },
  [PH_ERROR_NO_FOLDER] = { "no-folder", N_("a part of the path is no folder"),
    N_("Check the path.") },
  [PH_ERROR_IS_FOLDER] = { "is-folder", N_("it is a folder"),
    N_("Choose another name.") },
  [PH_ERROR_READ_ONLY] = { "read-only", N_("the disk is read-only"),
    N_("Choose another folder.") },
  [PH_ERROR_FILE_SIZE] = { "file-size", N_("the file would be larger than the disk or a limit allows"),
    N_("Choose another folder.") },
  [PH_ERROR_FILE_NAME] = { "file-name", N_("the name is too long, or not allowed there"),
    N_("Choose another name.") },
  [PH_ERROR_LINKS] = { "links", N_("symbolic links lead in a circle"),
    N_("Choose another name.") },
  [PH_ERROR_DISK] = { "disk", N_("the disk reports an error"),
    N_("Check the disk and its connection.") },
  [PH_ERROR_QUOTA] = { "quota", N_("your share of the disk is used up"),
    N_("Make room on the disk, or choose another folder for recordings.") },
  [PH_ERROR_FILE_DENIED] = { "file-denied", N_("you have no right to do that there"),
    N_("Choose another folder.") },
  [PH_ERROR_BUSY] = { "busy", N_("it is in use already"),
    N_("Close the other program.") },
  [PH_ERROR_GONE] = { "gone", N_("the device or the network folder is gone"),
    N_("Check the disk and its connection.") },
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
 * ph_error_no_memory:
 * @error: (nullable): set to %PH_ERROR_NO_MEMORY
 *
 * Any thread.
 *
 * Returns: %FALSE
 */
gboolean
ph_error_no_memory (GError **error)
{
  ph_error_set (error, PH_ERROR_NO_MEMORY, NULL, ph_error_why (PH_ERROR_NO_MEMORY));

  return FALSE;
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
  return code == PH_ERROR_WOULD_BLOCK || code == PH_ERROR_NO_MEMORY || code == PH_ERROR_SEND_QUEUE
         || code == PH_ERROR_NO_DESCRIPTORS || code == PH_ERROR_SYSTEM_FILES;
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
  const char *hint = (gsize) code < G_N_ELEMENTS (causes) ? causes[code].hint : NULL;

  if (code == PH_ERROR_DENIED)
    return hint_denied (port, sandboxed);

  return hint != NULL ? _(hint) : NULL;
}
