/* ph-session-page-private.h: the struct of a page, for the files of the page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

#include "ph-banner.h"
#include "ph-drawer.h"
#include "ph-group-column.h"
#include "ph-group.h"
#include "ph-live-saving.h"
#include "ph-log-tools.h"
#include "ph-log-view.h"
#include "ph-message.h"
#include "ph-network-panel.h"
#include "ph-page-frame.h"
#include "ph-page-windows.h"
#include "ph-peer-control.h"
#include "ph-receive-panel.h"
#include "ph-save-bar.h"
#include "ph-save-popover.h"
#include "ph-search-slot.h"
#include "ph-send-area.h"
#include "ph-send-panel.h"
#include "ph-session-capture.h"
#include "ph-status-bar.h"
#include "ph-tab-commands.h"
#include "ph-welcome.h"

G_BEGIN_DECLS

struct _PhSessionPage
{
  GtkBox parent_instance;

  gboolean unremembered; /* the endpoint in the fields is not saved when it is opened */
  gboolean has_data;     /* something was sent or received */
  gboolean damage_told;  /* the banner says what the capture misses */
  gboolean focused;      /* an action has set the focus */
  guint change_repeat;   /* source, or 0 */
  guint show_followed;   /* source, or 0 */
  guint32 followed;      /* peer number of the last sender that is shown */
  gboolean opening;      /* it is being opened, and was not open yet */

  /* template */
  GtkWidget *content;
  PhPageFrame *frame;
  GtkWidget *side;
  PhGroup *network_group;
  PhGroup *receive_group;
  PhGroup *send_group;
  PhNetworkPanel *network_panel;
  PhReceivePanel *receive_panel;
  PhSendPanel *send_panel;
  PhLogTools *log_tools;
  PhBanner *banner;
  PhSaveBar *save_bar;
  PhSearchSlot *search_slot;
  GtkPaned *paned;
  PhLogView *log_view;
  PhWelcome *welcome;
  PhSendArea *send_area;
  PhDrawer *drawer;
  PhStatusBar *status_bar;

  /* borrowed */
  GtkWidget *opened_from; /* weak: had the focus when the opening began */

  /* owned */
  PhSession *session;
  PhReceiveOptions *receive_options;
  PhSaveOptions *save_options;
  PhLiveSaving *saving;
  PhSendOptions *send_options;
  PhMessageTarget *target;
  PhMessage *message;
  GSimpleActionGroup *actions;
  PhPeerControl *control; /* of the one connection that a tab may have */
  GtkWidget *save_popover; /* nullable until it is first opened */
  PhPageWindows *windows;
  PhTabCommands *commands;
  char *title;           /* of a capture; nullable */
  char *own_title;       /* given by the user; nullable */
};

void ph_session_page_enable (PhSessionPage *page, const char *action, gboolean enabled);
void ph_session_page_update_welcome (PhSessionPage *page);
void ph_session_page_add_actions (PhSessionPage *page);
void ph_session_page_add_property_action (PhSessionPage *page, const char *name, gpointer object, const char *property);
void ph_session_page_make_message (PhSessionPage *page);
gboolean ph_session_page_read_remote (PhSessionPage *page);
void ph_session_page_send (PhSessionPage *page);
void ph_session_page_choose_source (PhSessionPage *page, const char *source);
void ph_session_page_send_again (PhSessionPage *page, GBytes *bytes, guint8 form);
void ph_session_page_add_record_actions (PhSessionPage *page);
void ph_session_page_point_at_setting (PhSessionPage *page, const char *setting);
void ph_session_page_update_targets (PhSessionPage *page);
void ph_session_page_follow_senders (PhSessionPage *page);
void ph_session_page_follow_settings (PhSessionPage *page);
void ph_session_page_show_capture (PhSessionPage *page);
void ph_session_page_save (PhSessionPage *page);
void ph_session_page_make_saving (PhSessionPage *page);
void ph_session_page_add_saving_actions (PhSessionPage *page);
void ph_session_page_follow_choice (PhSessionPage *page);
void ph_session_page_open_focused (PhSessionPage *page, const PhEndpoint *endpoint);
void ph_session_page_follow_opening (PhSessionPage *page);
void ph_session_page_add_frame_actions (PhSessionPage *page);
void ph_session_page_follow_frame (PhSessionPage *page);
void ph_session_page_show_drawer (PhSessionPage *page);
void ph_session_page_show_side (PhSessionPage *page);
void ph_session_page_add_clearing (PhSessionPage *page);
void ph_session_page_update_cleared (PhSessionPage *page);
void ph_session_page_bind_saving (GtkWidgetClass *widget_class);

G_END_DECLS
