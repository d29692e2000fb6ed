/* ph-error.c: the words for each cause of failure, and what the user can do about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat.h"

#include <glib/gi18n.h>

G_DEFINE_QUARK (ph-error-quark, ph_error)

/**
 * ph_error_why:
 * @code: a cause
 *
 * Any thread.
 *
 * Returns: (nullable): a translated half-sentence to stand behind "cannot … on …: "; %NULL for %PH_ERROR_FAILED and
 *   codes that have no words of their own
 */
const char *
ph_error_why (PhError code)
{
  switch (code)
    {
    case PH_ERROR_IN_USE: return _("another program is using that port");
    case PH_ERROR_DENIED: return _("permission denied");
    case PH_ERROR_NOT_LOCAL: return _("it is not an address of this machine");
    case PH_ERROR_NOT_RESOLVED: return _("the name was not found");
    case PH_ERROR_REFUSED: return _("refused: nothing is listening there");
    case PH_ERROR_UNREACHABLE: return _("the network or host cannot be reached");
    case PH_ERROR_TIMED_OUT: return _("no answer in time");
    case PH_ERROR_RESET: return _("reset by the peer");
    case PH_ERROR_TOO_LONG: return _("too long for one datagram");
    case PH_ERROR_NO_DESCRIPTORS: return _("too many open sockets");
    case PH_ERROR_NO_MEMORY: return _("the system is out of buffer space");
    case PH_ERROR_FAMILY: return _("this kind of address cannot be used here");
    case PH_ERROR_CANCELLED: return _("cancelled");
    case PH_ERROR_NOT_OPEN: return _("it is not connected");
    case PH_ERROR_QUEUE_FULL: return _("its queue is full, because it does not read");
    case PH_ERROR_LIMIT: return _("the limit is reached");
    case PH_ERROR_NO_SPACE: return _("the disk is full");
    default: return NULL;
    }
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
 * @code: a cause
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
