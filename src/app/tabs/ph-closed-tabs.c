/* ph-closed-tabs.c: the tabs that were closed last, to be opened again
 *
 * While the words that a tab was closed can be seen, its page is kept, with all records: to undo the closing is to show the page again. After
 * that its set-up is kept, and where its records are on file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-closed-tabs.h"

#include "ph-format.h"
#include "ph-session-capture.h"
#include "ph-tab-setup.h"
#include "ph-window-files.h"

#include <glib/gi18n.h>

/* Counted references: the list has one, and the words that offer to undo another. */
typedef struct
{
  PhTabSetup *setup;   /* nullable: of a page that shows a file */
  char *path;          /* nullable: the file with its records */
  PhSessionPage *page; /* nullable: until the closing cannot be undone any more */
  int position;        /* among the tabs of its window */
} ClosedTab;

static GQueue closed = G_QUEUE_INIT; /* of ClosedTab, the newest first */

static void
closed_tab_clear (gpointer data)
{
  ClosedTab *tab = data;

  g_clear_pointer (&tab->setup, ph_tab_setup_free);
  g_clear_pointer (&tab->path, g_free);
  g_clear_object (&tab->page);
}

static void
closed_tab_unref (gpointer tab)
{
  g_rc_box_release_full (tab, closed_tab_clear);
}

static ClosedTab *
remember (PhSessionPage *page, int position)
{
  PhSession *session = ph_session_page_get_session (page);
  ClosedTab *tab = g_rc_box_new0 (ClosedTab);

  tab->setup = ph_session_is_read_only (session) ? NULL : ph_tab_setup_new (page);
  tab->path = g_strdup (ph_session_get_capture_path (session));
  tab->position = position;
  g_queue_push_head (&closed, tab);
  while (g_queue_get_length (&closed) > PH_CLOSED_TABS_MAX)
    closed_tab_unref (g_queue_pop_tail (&closed));

  return tab;
}

/* As users count them. */
static guint64
count_records (PhSession *session)
{
  PhStore *store = ph_session_get_store (session);
  guint64 n;

  ph_store_begin_read (store);
  n = ph_store_number (store, ph_store_end (store)) - ph_store_number (store, ph_store_first (store));
  ph_store_end_read (store);

  return n;
}

/* ---- undoing ---- */

/* What the button brings back: all that was closed while the words could be seen. */
typedef struct
{
  PhWindow *window;
  GPtrArray *tabs; /* of ClosedTab, the newest last */
  guint64 n_records;
} Offer;

static Offer *offer; /* nullable: the one that can be seen */

static void
show_again (ClosedTab *tab, PhWindow *window)
{
  g_autoptr (PhSessionPage) page = g_steal_pointer (&tab->page);

  ph_window_insert_page (window, page, tab->position);
  ph_session_page_focus_first (page);
}

static void
undo_cb (gpointer data)
{
  Offer *self = data;

  for (guint i = self->tabs->len; i > 0; i--)
    {
      ClosedTab *tab = g_ptr_array_index (self->tabs, i - 1);

      if (tab->page != NULL)
        show_again (tab, self->window);
      if (g_queue_remove (&closed, tab))
        closed_tab_unref (tab);
    }
}

static void
offer_free (gpointer data)
{
  Offer *self = data;

  for (guint i = 0; i < self->tabs->len; i++)
    g_clear_object (&((ClosedTab *) g_ptr_array_index (self->tabs, i))->page);
  g_ptr_array_unref (self->tabs);
  if (offer == self)
    offer = NULL;
  g_free (self);
}

static char *
dup_words (const Offer *self, PhSessionPage *newest)
{
  g_autofree char *records = ph_format_dup_grouped (self->n_records), *tabs = ph_format_dup_grouped (self->tabs->len), *title = NULL;
  gulong n = (gulong) MIN (self->n_records, G_MAXULONG);

  if (self->tabs->len > 1)
    /* Translators: how many tabs, at least two, and how many records they have */
    return g_strdup_printf (ngettext ("Closed %s tabs, %s record", "Closed %s tabs, %s records", n), tabs, records);
  g_object_get (newest, "title", &title, NULL);
  /* Translators: the title of a tab, and how many records it has */
  return g_strdup_printf (ngettext ("Closed %s, %s record", "Closed %s, %s records", n), title, records);
}

/* Together with what can be undone already. */
static void
offer_to_undo (ClosedTab *tab, PhSessionPage *page, PhWindow *window, guint64 n)
{
  Offer *self = g_new0 (Offer, 1);
  g_autofree char *words = NULL;

  self->window = window;
  self->tabs = g_ptr_array_new_with_free_func (closed_tab_unref);
  if (offer != NULL && offer->window == window)
    {
      g_ptr_array_extend_and_steal (self->tabs, g_steal_pointer (&offer->tabs));
      self->n_records = offer->n_records;
      offer->tabs = g_ptr_array_new ();
    }
  tab->page = g_object_ref (page);
  g_ptr_array_add (self->tabs, g_rc_box_acquire (tab));
  self->n_records += n;
  words = dup_words (self, page);
  ph_window_toast (window, words, _("Undo"), undo_cb, self, offer_free);
  offer = self;
}

/**
 * ph_closed_tabs_add:
 * @page: is about to leave @window, which has other tabs, or goes as well
 * @window: (nullable): where it is offered to undo this, if something would be lost; %NULL if the window goes
 *
 * Remembers the tab. Its port is closed at once.
 */
void
ph_closed_tabs_add (PhSessionPage *page, PhWindow *window)
{
  PhSession *session = ph_session_page_get_session (page);
  ClosedTab *tab = remember (page, window != NULL ? ph_window_get_position (window, page) : -1);
  guint64 n = count_records (session);

  ph_session_page_shut (page);
  if (window != NULL && n > 0 && !ph_session_is_read_only (session))
    offer_to_undo (tab, page, window, n);
}

/* ---- opening again ---- */

typedef struct
{
  PhWindow *window;
  char *path;
} Recording;

static void
open_recording_cb (gpointer data)
{
  const char *paths[] = { ((Recording *) data)->path, NULL };

  ph_window_open_files (((Recording *) data)->window, paths);
}

static void
recording_free (gpointer data)
{
  g_free (((Recording *) data)->path);
  g_free (data);
}

static void
offer_recording (PhWindow *window, const char *path)
{
  Recording *recording = g_new0 (Recording, 1);

  recording->window = window;
  recording->path = g_strdup (path);
  ph_window_toast (window, _("Opened again. What it had recorded is on disk"), _("Show the recording"), open_recording_cb, recording,
                   recording_free);
}

static void
set_up_again (const ClosedTab *tab, PhWindow *window)
{
  PhSessionPage *page = PH_SESSION_PAGE (ph_session_page_new ());

  ph_tab_setup_apply (tab->setup, page);
  ph_window_insert_page (window, page, tab->position);
  if (tab->path != NULL)
    offer_recording (window, tab->path);
}

/* Words that offer nothing any more go. */
static void
end_offer_if_empty (void)
{
  if (offer == NULL)
    return;
  for (guint i = 0; i < offer->tabs->len; i++)
    if (((ClosedTab *) g_ptr_array_index (offer->tabs, i))->page != NULL)
      return;
  ph_window_dismiss_toast (offer->window);
}

/**
 * ph_closed_tabs_reopen:
 *
 * Opens in @window again what was closed last: the page itself while that can be undone, else its file, or a tab that is set up like it.
 */
void
ph_closed_tabs_reopen (PhWindow *window)
{
  ClosedTab *tab = g_queue_pop_head (&closed);
  const char *paths[] = { tab != NULL ? tab->path : NULL, NULL };

  if (tab == NULL)
    {
      ph_window_toast (window, _("No tab was closed"), NULL, NULL, NULL, NULL);
      return;
    }
  if (tab->page != NULL)
    {
      show_again (tab, window);
      end_offer_if_empty ();
    }
  else if (tab->setup != NULL)
    {
      set_up_again (tab, window);
    }
  else
    {
      ph_window_open_files (window, paths);
    }
  closed_tab_unref (tab);
}

/** ph_closed_tabs_forget: at the end of the program. */
void
ph_closed_tabs_forget (void)
{
  g_queue_clear_full (&closed, closed_tab_unref);
}
