/* ph-captures-room.c: keeps the captures that are being written within the size limit of all captures
 *
 * While a capture grows, the oldest ones are deleted. When nothing can be deleted any more, its file stops growing and the session
 * goes on in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-captures-room.h"

/* The folder is looked at again whenever a capture has grown by this much: 1/16 of the limit, but at most 256 MiB. */
#define LOOK_EVERY_PART 16u
#define LOOK_EVERY_MOST ((guint64) 256 << 20)

/* Attached to a session. */
typedef struct
{
  PhCaptures *captures; /* owned: the list that its file is in */
  guint64 looked;       /* bytes: size of the file at the last look */
} Follow;

static void
follow_free (gpointer data)
{
  Follow *follow = data;

  g_object_unref (follow->captures);
  g_free (follow);
}

static Follow *
get_follow (PhSession *session)
{
  return g_object_get_data (G_OBJECT (session), "ph-captures-follow");
}

/**
 * ph_captures_room_for:
 * @path: (type filename) (nullable): a capture that is being written, or will be
 *
 * Returns: how many bytes @path may have: the limit less the sizes, at the last look, of all other captures that are being written
 */
guint64
ph_captures_room_for (PhCaptures *captures, const char *path)
{
  GListModel *list = G_LIST_MODEL (captures);
  guint64 limit = ph_captures_get_size_limit (captures), others = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (PhCapture) capture = g_list_model_get_item (list, i);
      const PhCaptureInfo *info = ph_capture_get_info (capture);

      if (info->live && g_strcmp0 (info->path, path) != 0)
        others += MIN (info->size, G_MAXUINT64 - others);
    }

  return limit > others ? limit - others : 0;
}

static void
set_limits (PhSession *session)
{
  Follow *follow = get_follow (session);
  const char *path = ph_session_get_capture_path (session);

  ph_session_set_capture_limits (session, ph_captures_room_for (follow->captures, path), PH_CAPTURES_RESERVE);
}

static void
advanced_cb (PhSession *session)
{
  Follow *follow = get_follow (session);
  PhSpool *spool = ph_session_get_spool (session);
  guint64 step = MIN (ph_captures_get_size_limit (follow->captures) / LOOK_EVERY_PART, LOOK_EVERY_MOST);

  if (spool == NULL || ph_spool_get_written (spool) < follow->looked + MAX (step, 1))
    return;
  follow->looked = ph_spool_get_written (spool);
  ph_captures_refresh (follow->captures);
}

/**
 * ph_captures_follow:
 * @session: must not have opened anything yet
 *
 * Applies the size limit to the file that @session will write: while it grows the oldest captures are deleted, and its own limit is
 * what ph_captures_room_for() says.
 */
void
ph_captures_follow (PhCaptures *captures, PhSession *session)
{
  Follow *follow = g_new0 (Follow, 1);

  follow->captures = g_object_ref (captures);
  g_object_set_data_full (G_OBJECT (session), "ph-captures-follow", follow, follow_free);
  g_signal_connect (session, "advanced", G_CALLBACK (advanced_cb), NULL);
  g_signal_connect_object (captures, "items-changed", G_CALLBACK (set_limits), session, G_CONNECT_SWAPPED);
  set_limits (session);
}
