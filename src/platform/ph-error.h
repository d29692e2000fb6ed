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
  PH_ERROR_DENIED = 3,         /* EACCES, EPERM of a socket or a port */
  PH_ERROR_NOT_LOCAL = 4,      /* EADDRNOTAVAIL: not an address of this machine */
  PH_ERROR_NOT_RESOLVED = 5,   /* getaddrinfo found nothing */
  PH_ERROR_REFUSED = 6,        /* ECONNREFUSED; for UDP: ICMP port unreachable */
  PH_ERROR_UNREACHABLE = 7,    /* ENETUNREACH, EHOSTUNREACH */
  PH_ERROR_TIMED_OUT = 8,
  PH_ERROR_RESET = 9,          /* ECONNRESET, EPIPE */
  PH_ERROR_TOO_LONG = 10,      /* EMSGSIZE */
  PH_ERROR_WOULD_BLOCK = 11,   /* EAGAIN: not an error, try again when ready */
  PH_ERROR_NO_DESCRIPTORS = 12,/* EMFILE */
  PH_ERROR_NO_MEMORY = 13,     /* ENOMEM; ENOBUFS of what is no datagram */
  PH_ERROR_FAMILY = 14,        /* EAFNOSUPPORT: IPv6 is switched off, or the families of two addresses differ */
  PH_ERROR_CANCELLED = 15,
  PH_ERROR_INVALID = 16,       /* what the user typed is not valid */
  PH_ERROR_NOT_OPEN = 17,      /* nothing is open to send through, or that peer is gone */
  PH_ERROR_QUEUE_FULL = 18,    /* the peer does not read: its queue is at the limit */
  PH_ERROR_LIMIT = 19,         /* a limit of ours (clients, peers) is reached */
  PH_ERROR_NO_SPACE = 20,      /* ENOSPC: the disk is full */
  PH_ERROR_NO_INTERFACE = 21,  /* a link-local IPv6 address without its interface */
  PH_ERROR_NO_THREAD = 22,     /* the system starts no more threads */
  PH_ERROR_NO_PORT = 23,       /* EADDRNOTAVAIL of connect: every local port is taken */
  PH_ERROR_WATCH_LIMIT = 24,   /* ENOSPC of epoll_ctl: fs.epoll.max_user_watches */
  PH_ERROR_SYSTEM_FILES = 25,  /* ENFILE: the limit of the whole system */
  PH_ERROR_FORBIDDEN = 26,     /* EPERM, EACCES of connect and send: a firewall, or a route that prohibits */
  PH_ERROR_NETWORK_DOWN = 27,  /* ENETDOWN */
  PH_ERROR_SEND_QUEUE = 28,    /* ENOBUFS of a datagram: the queue of the network interface is full */
  PH_ERROR_ABORTED = 29,       /* ECONNABORTED, ENETRESET: this system broke the connection off */
  PH_ERROR_CONNECTED = 30,     /* EISCONN, EALREADY */
  PH_ERROR_UNSUPPORTED = 31,   /* EOPNOTSUPP, ENOSYS, ENOPROTOOPT */
  PH_ERROR_REJECTED = 32,      /* EINVAL and its kind: the system does not accept a value */
  PH_ERROR_PROTOCOL = 33,      /* EPROTO */
  PH_ERROR_INTERNAL = 34,      /* EBADF, EFAULT, ENOTSOCK: a fault of the program */
  PH_ERROR_INTERRUPTED = 35,   /* EINTR */
  PH_ERROR_NAME_SERVER = 36,   /* EAI_AGAIN: no name server answers */
  PH_ERROR_NAME_FAILURE = 37,  /* EAI_FAIL */
  PH_ERROR_NO_ADDRESS = 38,    /* EAI_NODATA, EAI_ADDRFAMILY: the name has no address of the kind */
  PH_ERROR_NO_FILE = 39,       /* ENOENT */
  PH_ERROR_EXISTS = 40,        /* EEXIST */
  PH_ERROR_NO_FOLDER = 41,     /* ENOTDIR */
  PH_ERROR_IS_FOLDER = 42,     /* EISDIR */
  PH_ERROR_READ_ONLY = 43,     /* EROFS */
  PH_ERROR_FILE_SIZE = 44,     /* EFBIG, EOVERFLOW */
  PH_ERROR_FILE_NAME = 45,     /* ENAMETOOLONG, EILSEQ */
  PH_ERROR_LINKS = 46,         /* ELOOP */
  PH_ERROR_DISK = 47,          /* EIO */
  PH_ERROR_QUOTA = 48,         /* EDQUOT */
  PH_ERROR_FILE_DENIED = 49,   /* EACCES, EPERM of a file */
  PH_ERROR_BUSY = 50,          /* EBUSY, ETXTBSY, EAGAIN: the file is in use, here or elsewhere */
  PH_ERROR_GONE = 51,          /* ENODEV, ENXIO, ESTALE: the device or network folder is gone */
} PhError;

#define PH_ERROR_LAST PH_ERROR_GONE

/**
 * PhOperation: what was tried. One number of the system means different things to different calls.
 */
typedef enum
{
  PH_OPERATION_SOCKET, /* to make a socket, or to set an option */
  PH_OPERATION_BIND,
  PH_OPERATION_LISTEN,
  PH_OPERATION_ACCEPT,
  PH_OPERATION_CONNECT,
  PH_OPERATION_SEND,
  PH_OPERATION_SEND_TO,
  PH_OPERATION_RECEIVE,
  PH_OPERATION_WATCH,  /* poll sets, and what wakes them */
  PH_OPERATION_FILE,
} PhOperation;

#define PH_OPERATION_LAST PH_OPERATION_FILE

#define PH_ERROR (ph_error_quark ())
GQuark ph_error_quark (void);

void ph_error_set (GError **error, PhError code, const char *cause, const char *message);
gboolean ph_error_no_memory (GError **error);
const char *ph_error_get_cause (const GError *error);

const char *ph_error_id (PhError code);
PhError ph_error_find (const char *id);
gboolean ph_error_is_momentary (PhError code);
const char *ph_error_words (PhError code);
const char *ph_error_why (PhError code);
const char *ph_error_hint (PhError code, int port, gboolean sandboxed);

G_END_DECLS
