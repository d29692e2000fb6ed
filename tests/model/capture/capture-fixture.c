/* capture-fixture.c: a session with a capture folder of its own, and a stream through it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "capture-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void
failed_cb (PhSession *session, const char *message, guint code, gboolean fatal, Fixture *fixture)
{
  fixture->failed++;
}

void
fixture_begin (Fixture *fixture)
{
  fixture->session = ph_session_new ();
  ph_store_set_limit (ph_session_get_store (fixture->session), PH_STORE_LIMIT_MIN);
  /* Nothing is dropped, however slow the disk is. */
  ph_store_set_full (ph_session_get_store (fixture->session), PH_STORE_PAUSE);
  ph_session_set_capture_folder (fixture->session, fixture->folder);
  g_signal_connect (fixture->session, "failed", G_CALLBACK (failed_cb), fixture);
}

Fixture *
fixture_new (void)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->home = g_dir_make_tmp ("porthole-抓包-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->home, "a", "captures", NULL);
  fixture_begin (fixture);

  return fixture;
}

void
fixture_end (Fixture *fixture)
{
  g_clear_object (&fixture->session);
  ph_capture_end_wait ();
}

static void
remove_all (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

void
fixture_free (Fixture *fixture)
{
  fixture_end (fixture);
  remove_all (fixture->home);
  g_free (fixture->home);
  g_free (fixture->folder);
  g_free (fixture);
}

void
open_server (Fixture *fixture)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("tcp-server");

  ph_place_set_ip (&endpoint->local, "127.0.0.1", 0);
  ph_session_open (fixture->session, endpoint);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_OPEN);
}

int
connect_peer (Fixture *fixture)
{
  return peer_connect ((int) g_ascii_strtoll (strrchr (ph_session_get_local (fixture->session), ':') + 1, NULL, 10));
}

/* Byte i of the stream. */
static guint8
byte_at (guint64 i)
{
  return (guint8) (i * 31 / 7);
}

gpointer
send_stream_cb (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  g_autofree guint8 *bytes = g_malloc (65536);

  for (guint64 at = 0; at < STREAM; at += 65536)
    {
      for (guint i = 0; i < 65536; i++)
        bytes[i] = byte_at (at + i);
      for (gssize sent = 0; sent < 65536;)
        sent += peer_send (fd, bytes + sent, 65536 - (gsize) sent);
    }

  return NULL;
}

/* Checks each byte of the stream that a store has; returns their number. */
guint64
check_stream (PhStore *store)
{
  guint64 place = 0;

  for (guint64 seq = ph_store_first (store); seq < ph_store_end (store); seq++)
    {
      const guint8 *payload;
      const PhRecord *record;

      ph_store_begin_read (store);
      record = ph_store_fetch (store, seq, &payload);
      g_assert_nonnull (record);
      for (guint32 i = 0; record->kind == PH_RECORD_IN && i < record->length; i++, place++)
        if (payload[i] != byte_at (place))
          g_error ("byte %" G_GUINT64_FORMAT " is not what was sent", place);
      ph_store_end_read (store);
    }

  return place;
}

/* Sends the whole stream through the session. */
void
run_stream (Fixture *fixture)
{
  GThread *sender;
  int fd;

  open_server (fixture);
  fd = connect_peer (fixture);
  sender = g_thread_new ("sender", send_stream_cb, GINT_TO_POINTER (fd));
  UNTIL (ph_session_get_counters (fixture->session)->rx_bytes == STREAM);
  g_thread_join (sender);
  peer_close (fd);
}

PhStore *
open_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  PhStore *store = ph_store_new_from_file (path, &error);

  g_assert_no_error (error);
  return store;
}
