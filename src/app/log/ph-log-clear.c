/* ph-log-clear.c: lets the log begin at another record: behind the last one to clear it, or where it did before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-private.h"

/**
 * ph_log_view_show_from:
 * @first: as for ph_session_set_first(): its end to clear the log
 *
 * Shows the records of the session from there on, and the newest of them. Follows again, unless the user has switched that off.
 */
void
ph_log_view_show_from (PhLogView *self, guint64 first)
{
  g_return_if_fail (PH_IS_LOG_VIEW (self));

  if (self->session == NULL)
    return;
  ph_log_copy_cancel (self);
  ph_log_scroll_stop (self);
  ph_log_input_stop (self);
  ph_log_view_tell (self, NULL);
  ph_log_select_none (self);
  ph_session_set_first (self->session, first);
  ph_log_view_advance (self);
  ph_log_scroll_reset (self);
  ph_log_layout_clear (self);
  if (self->scroll.left_tail)
    ph_log_scroll_set_follow (self, TRUE);
  ph_log_layout_renew (self);
}

/** ph_log_view_clear: shows nothing of what is there now. */
void
ph_log_view_clear (PhLogView *self)
{
  g_return_if_fail (PH_IS_LOG_VIEW (self));

  if (self->session != NULL)
    ph_log_view_show_from (self, ph_store_end (ph_session_get_store (self->session)));
}
