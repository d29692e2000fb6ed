/* ph-session-page-settings.c: binds a tab to the settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-captures-here.h"
#include "ph-captures-room.h"
#include "ph-divider.h"
#include "ph-rule-store.h"
#include "ph-settings.h"

static void
apply_time_format (PhSessionPage *self)
{
  g_object_set (self->log_view, "time-format", ph_settings_get_time_format (), NULL);
}

static void
apply_memory_limit (PhSessionPage *self)
{
  PhStore *store = ph_session_get_store (self->session);

  ph_store_set_limit (store, ph_settings_get_memory_limit ());
  ph_store_set_full (store, ph_settings_get_memory_full ());
}

/* A port that is open now is not concerned. */
static void
apply_write_captures (PhSessionPage *self)
{
  gboolean write = g_settings_get_boolean (ph_settings_get (), "write-captures");

  ph_session_set_capture_folder (self->session, write ? ph_captures_get_folder (ph_captures_here ()) : NULL);
}

static void
apply_rules (PhSessionPage *self)
{
  g_autoptr (GPtrArray) rules = ph_rule_store_dup ();

  ph_log_view_set_rules (self->log_view, rules);
}

static void
highlight_cb (PhSessionPage *self, guint mode, const char *pattern)
{
  if (!ph_rule_store_add ((PhSearchMode) mode, pattern))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.highlights", NULL);
}

/* "hidden" is not saved: a window that shows nothing at its start would look broken. */
static void
remember_receive_options (PhReceiveOptions *options)
{
  ph_settings_remember ("receive-form", options, "form");
  ph_settings_remember ("receive-encoding", options, "encoding");
  ph_settings_remember ("receive-as-it-came", options, "as-it-came");
  ph_settings_remember ("log-time", options, "time");
  ph_settings_remember ("wrap", options, "wrap");
  ph_settings_remember ("log-mode", options, "mode");
  ph_settings_remember ("auto-scroll", options, "follow-at-start");
}

/* "active" is not saved: see ph_session_page_make_saving(). */
static void
remember_save_options (PhSaveOptions *options)
{
  ph_settings_remember ("save-folder", options, "folder");
  ph_settings_remember ("save-pattern", options, "pattern");
  ph_settings_remember ("save-format", options, "format");
  ph_settings_remember ("save-direction", options, "direction");
  ph_settings_remember ("save-every", options, "every");
  ph_settings_remember ("save-per-peer", options, "per-peer");
  ph_settings_remember ("save-escape", options, "escape");
}

/* "repeat" is not saved: a window must not repeat a message because it did so yesterday. */
static void
remember_send_options (PhSendOptions *options)
{
  ph_settings_remember ("send-hex", options, "hex");
  ph_settings_remember ("send-encoding", options, "encoding");
  ph_settings_remember ("escapes", options, "escapes");
  ph_settings_remember ("variables", options, "variables");
  ph_settings_remember ("line-ending", options, "line-ending");
  ph_settings_remember ("send-check", options, "check");
  ph_settings_remember ("send-prefix", options, "prefix");
  ph_settings_remember ("send-suffix", options, "suffix");
  ph_settings_remember ("repeat-interval", options, "interval");
  ph_settings_remember ("repeat-full-speed", options, "full-speed");
  ph_settings_remember ("repeat-times", options, "times");
  ph_settings_remember ("piece-size", options, "piece-size");
  ph_settings_remember ("piece-pause", options, "piece-pause");
  ph_settings_remember ("piece-random", options, "piece-random");
  ph_settings_remember ("piece-seed", options, "piece-seed");
  ph_settings_remember ("clear-after-sending", options, "clear-after");
  /* What a key does is the same in all tabs. */
  g_settings_bind (ph_settings_get (), "enter-sends", options, "enter-sends", G_SETTINGS_BIND_DEFAULT);
}

/**
 * ph_session_page_follow_settings:
 *
 * Sets what was used last and the preferences, and follows later changes.
 */
void
ph_session_page_follow_settings (PhSessionPage *page)
{
  GSettings *settings = ph_settings_get ();
  g_autoptr (PhEndpoint) endpoint = ph_settings_dup_endpoint ();

  ph_network_panel_set_endpoint (page->network_panel, endpoint);
  remember_receive_options (page->receive_options);
  remember_save_options (page->save_options);
  remember_send_options (page->send_options);
  ph_settings_remember ("follow-last-sender", page->target, "follow");
  ph_settings_remember ("zoom", page->log_view, "zoom");
  ph_settings_remember ("table-columns", page->log_view, "columns");
  g_signal_connect_object (settings, "changed::time-format", G_CALLBACK (apply_time_format), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::memory-limit", G_CALLBACK (apply_memory_limit), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::memory-full", G_CALLBACK (apply_memory_limit), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::write-captures", G_CALLBACK (apply_write_captures), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" PH_RULE_STORE_KEY, G_CALLBACK (apply_rules), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->log_view, "highlight", G_CALLBACK (highlight_cb), page, G_CONNECT_SWAPPED);
  ph_divider_remember (page->paned);
  apply_time_format (page);
  apply_memory_limit (page);
  ph_captures_follow (ph_captures_here (), page->session);
  apply_write_captures (page);
  apply_rules (page);
}
