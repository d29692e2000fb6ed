/* ph-check-chooser.c: a drop-down of all kinds of check bytes, bound to the send options
 *
 * Its rows are None, those of the table, and a CRC of one's own. Another kind keeps the other words: what is covered, order and form.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-check-chooser.h"

#include "ph-check-title.h"
#include "ph-choices.h"

#include <glib/gi18n.h>

#define DATA "ph-check-chooser" /* a Chooser, of its drop-down */
#define NONE 0u

/* The CRC that one's own begins as, unless another one was chosen: CRC-16/CCITT-FALSE. */
static const PhCrcModel usual_crc = { .width = 16, .poly = 0x1021, .init = 0xFFFF };

typedef struct
{
  GtkDropDown *drop_down;
  GtkMenuButton *details;
  PhSendOptions *options;
  gboolean showing; /* the program selects, not the user */
} Chooser;

static guint
find_position (const PhCheckRow *row)
{
  guint n;
  const PhCheckRow *rows = ph_check_rows (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (rows[i].id, row->id))
      return 1 + i;

  return 1 + n;
}

static void
show_words (Chooser *self)
{
  const char *words = ph_send_options_get_format (self->options).check;
  PhCheckSpec spec;
  guint position = words != NULL && ph_check_parse (words, &spec, NULL) ? find_position (&spec.row) : NONE;

  self->showing = TRUE;
  gtk_drop_down_set_selected (self->drop_down, position);
  self->showing = FALSE;
}

static void
notify_check_cb (GtkDropDown *drop_down)
{
  show_words (g_object_get_data (G_OBJECT (drop_down), DATA));
}

/* The form is that of the kind, unless another one was chosen. */
static void
set_kind (PhCheckSpec *spec, const PhCheckRow *row)
{
  gboolean was_nmea = spec->row.kind == PH_CHECK_NMEA, is_nmea = row->kind == PH_CHECK_NMEA;

  if (was_nmea != is_nmea)
    spec->form = is_nmea ? PH_CHECK_FORM_HEX_UPPER : PH_CHECK_FORM_BYTES;
  spec->row = *row;
}

static PhCheckRow
own_row (const PhCheckSpec *before)
{
  PhCheckRow row = { .id = "crc", .kind = PH_CHECK_CRC, .crc = before->row.kind == PH_CHECK_CRC ? before->row.crc : usual_crc };

  row.width = row.crc.width;

  return row;
}

static void
selected_cb (Chooser *self)
{
  const char *words = ph_send_options_get_format (self->options).check;
  guint position = gtk_drop_down_get_selected (self->drop_down), n;
  const PhCheckRow *rows = ph_check_rows (&n);
  g_autofree char *chosen = NULL;
  PhCheckRow own;
  PhCheckSpec spec;

  if (self->showing || position == GTK_INVALID_LIST_POSITION)
    return;
  if (words == NULL || !ph_check_parse (words, &spec, NULL))
    spec = (PhCheckSpec) { .row = { .kind = PH_CHECK_SUM } };
  own = own_row (&spec);
  if (position != NONE)
    {
      set_kind (&spec, position <= n ? &rows[position - 1] : &own);
      chosen = ph_check_dup_words (&spec);
    }
  g_object_set (self->options, "check", chosen, NULL);
  if (position > n)
    gtk_menu_button_popup (self->details);
}

static void
fill (GtkDropDown *drop_down)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const PhCheckRow *rows = ph_check_rows (&n);

  gtk_string_list_append (names, _("None"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, ph_check_title (&rows[i]));
  gtk_string_list_append (names, _("Own CRC…"));
  ph_choices_fill_searchable (drop_down, G_LIST_MODEL (names));
}

/**
 * ph_check_chooser_bind:
 * @drop_down: is filled with the names
 * @options: whose "check" it shows and sets
 * @details: opened when a CRC of one's own is chosen
 *
 * All of them belong to one panel.
 */
void
ph_check_chooser_bind (GtkDropDown *drop_down, PhSendOptions *options, GtkMenuButton *details)
{
  Chooser *self = g_new0 (Chooser, 1);

  *self = (Chooser) { .drop_down = drop_down, .details = details, .options = options };
  g_object_set_data_full (G_OBJECT (drop_down), DATA, self, g_free);
  fill (drop_down);
  show_words (self);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_object (options, "notify::check", G_CALLBACK (notify_check_cb), drop_down, G_CONNECT_SWAPPED);
}
