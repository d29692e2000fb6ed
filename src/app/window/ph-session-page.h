/* ph-session-page.h: one tab: the panels, the log, the message and the status of one session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_SESSION_PAGE (ph_session_page_get_type ())
G_DECLARE_FINAL_TYPE (PhSessionPage, ph_session_page, PH, SESSION_PAGE, GtkBox)

/* Properties: "title" (string, read-only: what its tab is called). */
GtkWidget *ph_session_page_new (void);
GtkWidget *ph_session_page_new_for_session (PhSession *session);

PhSession *ph_session_page_get_session (PhSessionPage *page);
GActionGroup *ph_session_page_get_actions (PhSessionPage *page);
void ph_session_page_renew_actions (PhSessionPage *page);
void ph_session_page_focus_first (PhSessionPage *page);
void ph_session_page_set_endpoint (PhSessionPage *page, const PhEndpoint *endpoint);
void ph_session_page_set_remote (PhSessionPage *page, const PhPlace *place);
void ph_session_page_set_format (PhSessionPage *page, const char *encoding, gboolean hex);
void ph_session_page_open (PhSessionPage *page);
void ph_session_page_tell (PhSessionPage *page, const char *message, const char *hint);
void ph_session_page_set_current (PhSessionPage *page, gboolean current);
void ph_session_page_set_own_title (PhSessionPage *page, const char *title);
char *ph_session_page_dup_automatic_title (PhSessionPage *page);
gboolean ph_session_page_is_file (PhSessionPage *page);
gboolean ph_session_page_is_unsaved (PhSessionPage *page);
void ph_session_page_shut (PhSessionPage *page);

G_END_DECLS
