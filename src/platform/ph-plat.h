/* ph-plat.h: everything the program asks of an operating system's network, as one contract
 *
 * One implementation per platform; meson.build picks the files. Nothing outside this folder includes a socket header
 * or asks which system it runs on.
 *
 * Invariants, true for every implementation (tests/net/test-plat.c holds each of them to these):
 *  - Sockets made here are non-blocking, are not inherited by child processes, never raise SIGPIPE, and receive urgent data of
 *    TCP in its place among the other data.
 *  - No function blocks, except ph_plat_resolve() and ph_plat_poll_wait().
 *  - A function that can fail either takes a GError (setting up; domain PH_ERROR, the message says why), or gives a PhError (sending
 *    and receiving). Interrupted calls are restarted.
 *  - Times are gint64 nanoseconds.
 *  - A poll set is fair: a socket that is ready gets its event, however many others are always ready.
 *  - Functions are called from the thread that owns the descriptor or poll set; ph_plat_poll_wake(), the clocks and
 *    ph_plat_resolve() may be called from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-error.h"

G_BEGIN_DECLS

/** PhFd: a socket. An int on POSIX, a SOCKET on Windows. */
typedef gintptr PhFd;
#define PH_FD_NONE ((PhFd) -1)

typedef enum
{
  PH_FAMILY_NONE = 0,
  PH_FAMILY_IPV4 = 4,
  PH_FAMILY_IPV6 = 6,
} PhFamily;

/**
 * PhAddr:
 * @ip: 4 or 16 bytes in network order; the rest is zero
 * @scope: interface index of a link-local IPv6 address, else 0
 * @port: in host order
 * @family: a #PhFamily
 *
 * A socket address without the platform's struct. Unused bytes are zero, so addresses compare by memcmp().
 */
typedef struct
{
  guint8 ip[16];
  guint32 scope;
  guint16 port;
  guint8 family;
  guint8 zero;
} PhAddr;

typedef enum
{
  PH_IO_READ = 1 << 0,
  PH_IO_WRITE = 1 << 1,
  PH_IO_ERROR = 1 << 2, /* reported whether asked for or not: an error or hang-up is waiting to be read */
} PhIo;

void ph_plat_init (void);
gboolean ph_plat_is_sandboxed (void);
char **ph_plat_dup_args (int argc, char **argv);

/* ---- clocks ---- */

gint64 ph_plat_now (void);       /* ns since 1970-01-01 UTC */
gint64 ph_plat_monotonic (void); /* ns from an arbitrary start, never set back */
gboolean ph_plat_nap (gint64 ns);

/* ---- poll set: level-triggered ---- */

typedef struct _PhPoll PhPoll;

typedef struct
{
  gpointer tag;
  PhIo io;
} PhPollEvent;

gboolean ph_plat_has_descriptors (guint n, GError **error);
gboolean ph_plat_has_memory (gsize n);

PhPoll *ph_plat_poll_new (GError **error);
void ph_plat_poll_free (PhPoll *poll);
gboolean ph_plat_poll_add (PhPoll *poll, PhFd fd, PhIo interest, gpointer tag, GError **error);
gboolean ph_plat_poll_modify (PhPoll *poll, PhFd fd, PhIo interest, gpointer tag);
void ph_plat_poll_remove (PhPoll *poll, PhFd fd);
guint ph_plat_poll_wait (PhPoll *poll, PhPollEvent *events, guint n_events, gint64 deadline);
void ph_plat_poll_wake (PhPoll *poll);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPoll, ph_plat_poll_free)

/* ---- sockets ---- */

typedef enum
{
  PH_SOCKET_UDP,
  PH_SOCKET_TCP,
} PhSocketType;

typedef enum
{
  PH_OPTION_REUSE_ADDRESS,  /* a server may bind again while old connections wait (Windows: exclusive use instead) */
  PH_OPTION_V6_ONLY,        /* 1: an IPv6 socket leaves IPv4 alone */
  PH_OPTION_BROADCAST,
  PH_OPTION_NO_DELAY,       /* TCP_NODELAY */
  PH_OPTION_RECEIVE_BUFFER, /* bytes; the system may give less */
  PH_OPTION_SEND_BUFFER,    /* bytes */
  PH_OPTION_RECEIVE_TIME,   /* datagrams carry the kernel's receive time */
  PH_OPTION_RECEIVE_ERRORS, /* ICMP errors are queued for ph_plat_next_error() */
  PH_OPTION_DESTINATION,    /* datagrams carry the address they were sent to */
} PhOption;

typedef enum
{
  PH_CONNECT_FAILED,
  PH_CONNECT_PENDING, /* becomes writable when decided: then ask ph_plat_connect_result() */
  PH_CONNECT_DONE,
} PhConnect;

PhFd ph_plat_socket (PhSocketType type, PhFamily family, GError **error);
gboolean ph_plat_set_option (PhFd fd, PhFamily family, PhOption option, int value, GError **error);
gboolean ph_plat_bind (PhFd fd, const PhAddr *addr, GError **error);
gboolean ph_plat_listen (PhFd fd, int backlog, GError **error);
PhFd ph_plat_accept (PhFd fd, PhAddr *ret_peer, PhError *ret_error);
PhConnect ph_plat_connect (PhFd fd, const PhAddr *addr, GError **error);
gboolean ph_plat_connect_result (PhFd fd, GError **error);
gboolean ph_plat_local_addr (PhFd fd, PhAddr *ret_addr);
gboolean ph_plat_shutdown (PhFd fd);
void ph_plat_close (PhFd fd);
void ph_plat_reset (PhFd fd);

gssize ph_plat_receive (PhFd fd, guint8 *buffer, gsize size, PhError *ret_error);
gssize ph_plat_send (PhFd fd, const guint8 *bytes, gsize length, PhError *ret_error);
gboolean ph_plat_unacknowledged (PhFd fd, guint64 *ret_bytes);
gssize ph_plat_send_to (PhFd fd, const guint8 *bytes, gsize length, const PhAddr *from, const PhAddr *to, PhError *ret_error);

/* ---- datagrams, many at a time ---- */

#define PH_PLAT_BATCH 64
#define PH_PLAT_DATAGRAM_MAX 65535

/**
 * PhDatagram:
 * @buffer: (in): where the first @size bytes go
 * @size: (in): of @buffer, at least 1
 * @spill: (in): where the bytes that do not fit into @buffer go
 * @spill_size: (in): of @spill
 * @length: (out): bytes received, in @buffer and then @spill
 * @time: (out): receive time, ns since 1970; the kernel's where @kernel_time is set
 * @from: (out): the sender
 * @to: (out): where it was sent to, with port 0; of family %PH_FAMILY_NONE without %PH_OPTION_DESTINATION, and where the
 *   system does not tell
 * @ifindex: (out): index of the interface it came in by, 0 like @to
 * @answerable: (out): an answer can leave from @to: it is neither a group nor, as far as the system says, a broadcast
 * @truncated: (out): the datagram was longer than @size + @spill_size; what is missing is lost
 */
typedef struct
{
  guint8 *buffer;
  gsize size;
  guint8 *spill;
  gsize spill_size;
  gsize length;
  gint64 time;
  PhAddr from;
  PhAddr to;
  guint32 ifindex;
  guint8 truncated;
  guint8 kernel_time;
  guint8 answerable;
} PhDatagram;

guint ph_plat_receive_batch (PhFd fd, PhDatagram *datagrams, guint n, PhError *ret_error);
/** PhBatchItem: one datagram to send. */
typedef struct
{
  gconstpointer bytes;
  gsize length;
} PhBatchItem;

guint ph_plat_send_batch (PhFd fd, const PhBatchItem *items, const PhAddr *from, const PhAddr *to, guint n, PhError *ret_error);
gsize ph_plat_grow_receive_buffer (PhFd fd, gsize wanted);
char *ph_plat_dup_buffer_command (gsize size);
gsize ph_plat_datagram_cost (gsize length);
gboolean ph_plat_next_error (PhFd fd, PhAddr *ret_to, PhError *ret_error);
gboolean ph_plat_drops (PhFd fd, guint32 *ret_dropped);
gboolean ph_plat_counts_drops (void);
gboolean ph_plat_has_privileged_ports (void);

/* ---- addresses ---- */

#define PH_ADDR_TEXT_MAX 72 /* "[" IPv6 "%" scope "]:" port NUL */

gboolean ph_plat_addr_parse (const char *host, guint16 port, PhAddr *ret_addr);
gboolean ph_plat_addr_is_no_name (const char *host);
gboolean ph_plat_addr_lacks_interface (const PhAddr *addr);
const char *ph_plat_addr_host (const PhAddr *addr, char text[PH_ADDR_TEXT_MAX]);
const char *ph_plat_addr_text (const PhAddr *addr, char text[PH_ADDR_TEXT_MAX]);
guint ph_plat_addr_hash (gconstpointer addr);
gboolean ph_plat_addr_equal (gconstpointer a, gconstpointer b);

GArray *ph_plat_resolve (const char *host, guint16 port, GError **error);

/**
 * PhInterfaceAddr:
 * @name: the interface's name ("eth0")
 * @addr: its address; port 0
 * @loopback: whether it only reaches this machine
 */
typedef struct
{
  char name[64];
  PhAddr addr;
  gboolean loopback;
} PhInterfaceAddr;

GArray *ph_plat_list_addrs (void);

G_END_DECLS
