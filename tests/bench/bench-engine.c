/* bench-engine.c: how much of what loopback can carry the engine takes, against the barest loop that receives at all
 *
 * UDP: one sender at full speed with 64-byte datagrams; the share that is lost and the rate that is taken.
 * TCP: one stream; bytes a second. Each receiver has its turn several times, alternating; medians are printed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plat.h"
#include "ph-worker.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

#define ROUNDS 5
#define SECONDS 1.0
#define DATAGRAM 64
#define FRAME_US 16000

typedef struct
{
  double taken; /* datagrams or bytes a second */
  double lost;  /* share of what was sent */
} Result;

typedef Result (*Bench) (int type);

static struct sockaddr_in
loopback (int port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = g_htons ((guint16) port),
                               .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
}

/* ---- the sender ---- */

typedef struct
{
  int type, port;
  _Atomic gboolean done;
  guint64 sent; /* datagrams or bytes */
} Sender;

static gpointer
send_cb (gpointer data)
{
  static char bytes[256 * 1024];
  Sender *sender = data;
  struct sockaddr_in to = loopback (sender->port);
  int fd = socket (AF_INET, sender->type, 0);
  gint64 end = g_get_monotonic_time () + (gint64) (SECONDS * G_TIME_SPAN_SECOND);
  gsize length = sender->type == SOCK_DGRAM ? DATAGRAM : sizeof bytes;

  if (connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    g_error ("connect failed");
  while (g_get_monotonic_time () < end)
    for (int i = 0; i < 16; i++)
      {
        gssize n = send (fd, bytes, length, MSG_NOSIGNAL);

        if (n > 0)
          sender->sent += sender->type == SOCK_DGRAM ? 1 : (guint64) n;
      }
  close (fd);
  sender->done = TRUE;

  return NULL;
}

static Result
result_of (Sender *sender, guint64 taken)
{
  return (Result){ (double) taken / SECONDS, sender->sent > 0 ? 1.0 - (double) taken / (double) sender->sent : 0 };
}

/* ---- the barest receiver ---- */

static guint64
take_datagrams (int fd, Sender *sender)
{
  static char buffers[64][2048];
  struct iovec parts[64];
  struct mmsghdr messages[64] = { 0 };
  guint64 taken = 0;

  for (int i = 0; i < 64; i++)
    {
      parts[i] = (struct iovec){ buffers[i], sizeof buffers[i] };
      messages[i].msg_hdr = (struct msghdr){ .msg_iov = &parts[i], .msg_iovlen = 1 };
    }
  for (;;)
    {
      gboolean last = sender->done;
      int n = recvmmsg (fd, messages, 64, MSG_WAITFORONE, NULL);

      if (n > 0)
        taken += (guint64) n;
      else if (last)
        return taken;
    }
}

static guint64
take_stream (int listener, Sender *sender)
{
  static char buffer[256 * 1024];
  int fd = accept (listener, NULL, NULL);
  guint64 taken = 0;
  gssize n;

  while ((n = recv (fd, buffer, sizeof buffer, 0)) > 0)
    taken += (guint64) n;
  close (fd);

  return taken;
}

static Result
bare (int type)
{
  Sender sender = { .type = type };
  struct sockaddr_in addr = loopback (0);
  socklen_t length = sizeof addr;
  struct timeval patience = { .tv_usec = 50000 };
  int fd = socket (AF_INET, type, 0), buffer = 4 * 1024 * 1024;
  guint64 taken;
  GThread *thread;

  if (type == SOCK_DGRAM)
    {
      setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
      setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
  if (bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0 || getsockname (fd, (struct sockaddr *) &addr, &length) != 0)
    g_error ("bind failed");
  if (type == SOCK_STREAM)
    listen (fd, 1);
  sender.port = g_ntohs (addr.sin_port);
  thread = g_thread_new ("sender", send_cb, &sender);
  taken = type == SOCK_DGRAM ? take_datagrams (fd, &sender) : take_stream (fd, &sender);
  g_thread_join (thread);
  close (fd);

  return result_of (&sender, taken);
}

/* ---- the engine, read a frame at a time ---- */

typedef struct
{
  PhStore *store;
  guint64 next, datagrams, bytes, dropped;
  int port;
} Reader;

static void
read_frame (Reader *reader)
{
  guint64 end = ph_store_end (reader->store);

  ph_store_begin_read (reader->store);
  for (; reader->next < end; reader->next++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_get (reader->store, reader->next, &payload);

      if (record->kind == PH_RECORD_IN)
        {
          reader->datagrams++;
          reader->bytes += record->length;
        }
      else if (record->kind == PH_RECORD_LOSS && record->detail == PH_LOSS_KERNEL)
        {
          g_autofree char *count = g_strndup ((const char *) payload, record->length);

          reader->dropped += g_ascii_strtoull (count, NULL, 10);
        }
      else if (record->kind == PH_RECORD_OPEN)
        {
          g_autofree char *local = g_strndup ((const char *) payload, record->length);

          reader->port = atoi (strrchr (local, ':') + 1);
        }
    }
  ph_store_end_read (reader->store);
  ph_store_release (reader->store, reader->next);
}

static Result
engine (int type)
{
  g_autoptr (PhStore) store = ph_store_new ((guint64) 256 << 20, NULL, NULL);
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (type == SOCK_DGRAM ? "udp" : "tcp-server");
  PhWorker *worker = ph_worker_new (store, NULL);
  Sender sender = { .type = type };
  Reader reader = { .store = store };
  GThread *thread;
  guint64 before;

  ph_endpoint_set_local (endpoint, "127.0.0.1", 0);
  ph_worker_open (worker, endpoint);
  while (reader.port == 0)
    read_frame (&reader);
  sender.port = reader.port;
  thread = g_thread_new ("sender", send_cb, &sender);
  while (!sender.done)
    {
      g_usleep (FRAME_US);
      read_frame (&reader);
    }
  g_thread_join (thread);
  do /* until a few frames bring nothing new */
    {
      before = reader.next;
      g_usleep (4 * FRAME_US);
      read_frame (&reader);
    }
  while (reader.next != before);
  ph_store_abandon (store);
  ph_worker_free (worker);
  if (type == SOCK_DGRAM && reader.datagrams + reader.dropped != sender.sent)
    printf ("  uncounted: %" G_GINT64_FORMAT " of %" G_GUINT64_FORMAT " datagrams\n",
            (gint64) (sender.sent - reader.datagrams - reader.dropped), sender.sent);

  return result_of (&sender, type == SOCK_DGRAM ? reader.datagrams : reader.bytes);
}

/* ---- side by side ---- */

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

static void
side_by_side (const char *name, int type, double unit, const char *unit_name)
{
  static const Bench benches[] = { bare, engine };
  double taken[2][ROUNDS], lost[2][ROUNDS], rate[2];

  for (int round = 0; round < ROUNDS; round++)
    for (int i = 0; i < 2; i++)
      {
        Result result = benches[i](type);

        taken[i][round] = result.taken / unit;
        lost[i][round] = 100 * result.lost;
      }
  for (int i = 0; i < 2; i++)
    {
      rate[i] = median (taken[i]);
      printf ("%s, %s: %.2f %s, %.1f %% lost\n", name, i == 0 ? "bare loop" : "engine", rate[i], unit_name,
              median (lost[i]));
    }
  printf ("%s, engine / bare loop: %.2f\n", name, rate[1] / rate[0]);
}

int
main (void)
{
  ph_plat_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  side_by_side ("UDP, 64-byte datagrams", SOCK_DGRAM, 1e3, "thousand/s");
  side_by_side ("TCP, one stream", SOCK_STREAM, 1e9 / 8, "Gbit/s");

  return 0;
}
