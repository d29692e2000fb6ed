/* ph-error.h: why something on the network or with a file failed, the same on every platform
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhError:
 *
 * The causes that the rest of the program tells apart. A platform maps its own codes (errno, WSAGetLastError) to these. The numbers
 * are stored in captures (the detail of an error record), so they are never reused.
 */
typedef enum
{
  PH_ERROR_NONE = 0,
  PH_ERROR_FAILED = 1,         /* none of the others: ph_error_get_cause() says more */
  PH_ERROR_IN_USE = 2,         /* EADDRINUSE */
  PH_ERROR_DENIED = 3,         /* EACCES, EPERM */
  PH_ERROR_NOT_LOCAL = 4,      /* EADDRNOTAVAIL: not an address of this machine */
  PH_ERROR_NOT_RESOLVED = 5,   /* getaddrinfo found nothing */
  PH_ERROR_REFUSED = 6,        /* ECONNREFUSED; for UDP: ICMP port unreachable */
  PH_ERROR_UNREACHABLE = 7,    /* ENETUNREACH, EHOSTUNREACH */
  PH_ERROR_TIMED_OUT = 8,
  PH_ERROR_RESET = 9,          /* ECONNRESET, EPIPE, ECONNABORTED */
  PH_ERROR_TOO_LONG = 10,      /* EMSGSIZE */
  PH_ERROR_WOULD_BLOCK = 11,   /* EAGAIN: not an error, try again when ready */
  PH_ERROR_NO_DESCRIPTORS = 12,/* EMFILE, ENFILE */
  PH_ERROR_NO_MEMORY = 13,     /* ENOBUFS, ENOMEM */
  PH_ERROR_FAMILY = 14,        /* EAFNOSUPPORT: IPv6 is switched off, or the families of two addresses differ */
  PH_ERROR_CANCELLED = 15,
  PH_ERROR_INVALID = 16,       /* what the user typed is not valid */
  PH_ERROR_NOT_OPEN = 17,      /* nothing is open to send through, or that peer is gone */
  PH_ERROR_QUEUE_FULL = 18,    /* the peer does not read: its queue is at the limit */
  PH_ERROR_LIMIT = 19,         /* a limit of ours (clients, peers) is reached */
  PH_ERROR_NO_SPACE = 20,      /* ENOSPC, EDQUOT: the disk is full */
  PH_ERROR_NO_INTERFACE = 21,  /* a link-local IPv6 address without its interface */
} PhError;

#define PH_ERROR_LAST PH_ERROR_NO_INTERFACE

#define PH_ERROR (ph_error_quark ())
GQuark ph_error_quark (void);

void ph_error_set (GError **error, PhError code, const char *cause, const char *message);
const char *ph_error_get_cause (const GError *error);

const char *ph_error_id (PhError code);
PhError ph_error_find (const char *id);
gboolean ph_error_is_momentary (PhError code);
const char *ph_error_words (PhError code);
const char *ph_error_why (PhError code);
const char *ph_error_hint (PhError code, int port, gboolean sandboxed);

G_END_DECLS
