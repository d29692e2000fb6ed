/* ph-log-menu.c: the context menu of the log: what can be done with the record under the pointer
 *
 * What needs no more than the log is an action "log.", what needs the tab an action "page.". A record is told by its entry, and to the
 * tab by its sequence number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-menu.h"

#include <glib/gi18n.h>

#include "ph-log-private.h"
#include "ph-log-record.h"

#define QUOTE_CHARS 24 /* of what is selected, in the menu */

/* @target: (nullable): taken if it is floating */
static void
add_item (GMenu *menu, const char *label, const char *action, GVariant *target, const char *accel)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  if (accel != NULL)
    g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (menu, item);
}

static void
add_section (GMenu *menu, GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

/* For a label of the menu: cut, and with underlines that are not mnemonics. */
static char *
quote (const char *text)
{
  g_autofree char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), QUOTE_CHARS));
  g_auto (GStrv) parts = g_strsplit (start, "_", -1);
  g_autofree char *plain = g_strjoinv ("__", parts);

  return g_strconcat (plain, strlen (start) < strlen (text) ? "…" : "", NULL);
}

/* ---- the record ---- */

static GMenu *
make_send_section (PhLogView *self, const PhLogRecord *record)
{
  GMenu *section = g_menu_new ();
  guint64 seq = record->entry - 1;

  if (ph_record_is_data (&record->record))
    {
      add_item (section, _("Sen_d again"), "page.send-again", g_variant_new_uint64 (seq), NULL);
      add_item (section, _("_Edit in message"), "page.edit-record", g_variant_new_uint64 (seq), NULL);
      add_item (section, _("Save as _quick command"), "page.save-record-command", g_variant_new_uint64 (seq), NULL);
    }
  if (ph_session_get_peer_address (self->session, record->record.peer) != NULL)
    add_item (section, _("_Reply to this peer"), "page.reply", g_variant_new_uint64 (seq), NULL);

  return section;
}

static void
add_find_items (PhLogView *self, const PhLogRecord *record, GMenu *section)
{
  const char *peer = ph_session_get_peer_address (self->session, record->record.peer);

  if (peer != NULL)
    add_item (section, _("_Only this peer"), "page.filter-peer", g_variant_new_string (peer), NULL);
  add_item (section, _("_Find this"), "log.find-record", g_variant_new_uint64 (record->entry), NULL);
}

static void
add_copy (GMenu *menu, const char *label, const PhLogRecord *record, const char *form)
{
  add_item (menu, label, "log.copy-record", g_variant_new ("(ts)", record->entry, form), NULL);
}

/* What is selected counts, else the record. */
static GMenu *
make_copy_menu (PhLogView *self, const PhLogRecord *record)
{
  GMenu *menu = g_menu_new (), *section = g_menu_new ();
  gboolean data = record->payload != NULL && ph_record_is_data (&record->record);
  g_autofree char *command = data ? ph_log_record_dup_command (self, record) : NULL;
  PhLogPos start, end;

  if (record->payload == NULL || ph_log_select_get (self, &start, &end))
    add_item (section, _("_Text"), "log.copy", NULL, "<Control>c");
  else
    add_copy (section, _("_Text"), record, "text");
  add_item (section, _("_Hex"), "log.copy-hex", NULL, "<Control><Shift>h");
  add_item (section, _("Whole _line"), "log.copy-lines", NULL, "<Control><Shift>c");
  if (data)
    add_copy (section, _("_Payload alone"), record, "payload");
  add_section (menu, section);
  if (!data)
    return menu;

  section = g_menu_new ();
  add_copy (section, _("As _C"), record, "c");
  add_copy (section, _("As P_ython"), record, "python");
  if (command != NULL)
    add_copy (section, _("As _ncat command"), record, "ncat");
  add_section (menu, section);

  return menu;
}

static void
add_highlight_items (PhLogView *self, GMenu *section)
{
  PhSearchMode mode;
  g_autofree char *selected = ph_log_rules_dup_selected (self, &mode);

  if (selected != NULL)
    {
      g_autofree char *quoted = quote (selected);
      /* Translators: what is selected in the log */
      g_autofree char *label = g_strdup_printf (_("Hi_ghlight “%s”"), quoted);

      add_item (section, label, "log.highlight", NULL, "<Control><Shift>k");
    }
  add_item (section, _("Highlight_s…"), "app.highlights", NULL, "<Control>k");
}

/* ---- times ---- */

static GMenu *
make_choice_section (const char *action, const char *const *labels, const char *const *ids)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; labels[i] != NULL; i++)
    add_item (section, _(labels[i]), action, g_variant_new_string (ids[i]), NULL);

  return section;
}

/* The same as behind the tool over the log. */
static GMenu *
make_time_menu (void)
{
  static const char *const kinds[] = { N_("Time of day"), N_("Since the opening"), N_("Since the record before"), N_("No time"), NULL };
  static const char *const kind_ids[] = { "time-of-day", "since-opening", "since-record", "none" };
  static const char *const formats[] = { N_("Milliseconds"), N_("Microseconds"), N_("Nanoseconds"), N_("Date and milliseconds"), NULL };
  static const char *const format_ids[] = { "milliseconds", "microseconds", "nanoseconds", "date" };
  GMenu *menu = g_menu_new ();

  add_section (menu, make_choice_section ("page.time", kinds, kind_ids));
  add_section (menu, make_choice_section ("app.time-format", formats, format_ids));

  return menu;
}

/* ---- the menu ---- */

static void
add_record_sections (PhLogView *self, const PhLogRecord *record, GMenu *menu)
{
  GMenu *section, *copies = make_copy_menu (self, record);

  if (record->payload != NULL)
    add_section (menu, make_send_section (self, record));
  section = g_menu_new ();
  g_menu_append_submenu (section, _("_Copy"), G_MENU_MODEL (copies));
  g_object_unref (copies);
  add_section (menu, section);

  section = g_menu_new ();
  if (record->payload != NULL)
    add_find_items (self, record, section);
  add_highlight_items (self, section);
  add_section (menu, section);
}

static GMenuModel *
make_menu (PhLogView *self, guint64 entry)
{
  GMenu *menu = g_menu_new (), *section, *times;
  g_auto (PhLogRecord) record = { 0 };

  ph_log_record_read (self, entry, &record);
  add_record_sections (self, &record, menu);

  section = g_menu_new ();
  add_item (section, _("Select _all"), "log.select-all", NULL, "<Control>a");
  add_item (section, _("_Jump to newest"), "log.jump-newest", NULL, "<Control>End");
  add_section (menu, section);

  section = g_menu_new ();
  times = make_time_menu ();
  g_menu_append_submenu (section, _("Ti_me"), G_MENU_MODEL (times));
  g_object_unref (times);
  add_item (section, _("Zoom _in"), "log.zoom-in", NULL, "<Control>plus");
  add_item (section, _("Zoom o_ut"), "log.zoom-out", NULL, "<Control>minus");
  add_item (section, _("_Normal size"), "log.zoom-reset", NULL, "<Control>0");
  add_section (menu, section);
  if (self->mode == PH_LOG_MODE_TABLE)
    {
      g_autoptr (GMenuModel) columns = ph_log_head_make_menu ();

      section = g_menu_new ();
      g_menu_append_submenu (section, _("Columns"), columns);
      add_section (menu, section);
    }

  section = g_menu_new ();
  add_item (section, _("C_lear"), "log.clear", NULL, NULL);
  add_section (menu, section);

  return G_MENU_MODEL (menu);
}

static void
pop_up (PhLogView *self, GMenuModel *model, double x, double y)
{
  GdkRectangle at = { x, y, 1, 1 };

  if (self->menu.popover != NULL)
    {
      gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu.popover), model);
    }
  else
    {
      self->menu.popover = gtk_popover_menu_new_from_model (model);
      gtk_widget_set_parent (self->menu.popover, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu.popover), FALSE);
      /* At the right of the pointer the menu may move up if the screen has no room below. */
      gtk_popover_set_position (GTK_POPOVER (self->menu.popover), GTK_POS_RIGHT);
      gtk_widget_set_valign (self->menu.popover, GTK_ALIGN_START);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu.popover), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu.popover));
}

/**
 * ph_log_menu_pop_up:
 * @entry: whose menu
 * @x, @y: in pixels of the view
 */
void
ph_log_menu_pop_up (PhLogView *self, guint64 entry, double x, double y)
{
  g_autoptr (GMenuModel) model = make_menu (self, entry);

  pop_up (self, model, x, y);
}

/**
 * ph_log_menu_pop_up_head:
 *
 * The menu of the table's header: which time is shown, and which columns.
 */
void
ph_log_menu_pop_up_head (PhLogView *self, double x, double y)
{
  g_autoptr (GMenu) menu = make_time_menu ();
  g_autoptr (GMenuModel) columns = ph_log_head_make_menu ();

  g_menu_append_section (menu, NULL, columns);
  pop_up (self, G_MENU_MODEL (menu), x, y);
}

void
ph_log_menu_allocate (PhLogView *self)
{
  if (self->menu.popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu.popover));
}

void
ph_log_menu_dispose (PhLogView *self)
{
  g_clear_pointer (&self->menu.popover, gtk_widget_unparent);
}
