/* ph-check-popover.c: the details of check bytes, and the bytes around a message: each change counts at once
 *
 * The words of the options are the model: controls show them, and make new ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-check-popover.h"

#include "ph-check.h"
#include "ph-checked-entry.h"
#include "ph-compat.h"
#include "ph-format.h"
#include "ph-hex.h"
#include "ph-number-field.h"
#include "ph-popover.h"

#include <glib/gi18n.h>
#include <string.h>

#define EXAMPLE "123456789" /* as the catalogue of CRCs has it */
#define EXAMPLE_DIGITS "313233343536373839"

struct _PhCheckPopover
{
  GtkPopover parent_instance;

  gboolean showing; /* the program changes the controls, not the user */

  /* template */
  GtkWidget *check_grid;
  PhNumberField *from_field;
  PhNumberField *to_field;
  GtkDropDown *order_drop_down;
  GtkDropDown *form_drop_down;
  GtkDropDown *over_drop_down;
  GtkWidget *own_grid;
  PhNumberField *width_field;
  PhCheckedEntry *poly_entry;
  PhCheckedEntry *init_entry;
  PhCheckedEntry *xorout_entry;
  GtkCheckButton *refin_check;
  GtkCheckButton *refout_check;
  PhCheckedEntry *prefix_entry;
  PhCheckedEntry *suffix_entry;
  GtkLabel *example_label;

  /* owned */
  PhSendOptions *options;
};

G_DEFINE_FINAL_TYPE (PhCheckPopover, ph_check_popover, GTK_TYPE_POPOVER)

static gboolean
read_spec (PhCheckPopover *self, PhCheckSpec *ret_spec)
{
  const char *words = ph_send_options_get_format (self->options).check;

  return words != NULL && ph_check_parse (words, ret_spec, NULL);
}

static void
take_spec (PhCheckPopover *self, const PhCheckSpec *spec)
{
  g_autofree char *words = ph_check_dup_words (spec);

  g_object_set (self->options, "check", words, NULL);
}

/* ---- showing ---- */

/* The check bytes of the example: as hex, or as the digits that they are written as. */
static char *
dup_example (const PhCheckSpec *spec)
{
  const char *text = spec->over_hex ? EXAMPLE_DIGITS : EXAMPLE;
  g_autoptr (PhCheck) check = ph_check_new (spec);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  guint length = (guint) strlen (text);
  g_autoptr (GString) value = g_string_new (NULL);

  g_byte_array_append (message, (const guint8 *) text, length);
  if (!ph_check_append (check, message, NULL))
    return g_strdup ("");
  if (spec->form == PH_CHECK_FORM_BYTES && spec->row.kind != PH_CHECK_NMEA)
    ph_hex_append (value, message->data + length, message->len - length);
  else
    g_string_append_len (value, (const char *) message->data + length, message->len - length);

  /* Translators: a text, and its check bytes */
  return g_strdup_printf (_("“%s” gets %s"), text, value->str);
}

static void
show_number (PhCheckedEntry *entry, guint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "0x%" G_GINT64_MODIFIER "X", number);
  ph_checked_entry_set_text (entry, text);
}

static void
show_own (PhCheckPopover *self, const PhCrcModel *crc)
{
  ph_number_field_set_value (self->width_field, crc->width);
  show_number (self->poly_entry, crc->poly);
  show_number (self->init_entry, crc->init);
  show_number (self->xorout_entry, crc->xorout);
  gtk_check_button_set_active (self->refin_check, crc->refin);
  gtk_check_button_set_active (self->refout_check, crc->refout);
}

static void
show_check (PhCheckPopover *self)
{
  PhCheckSpec spec = { .row = { .id = "" } };
  gboolean any = read_spec (self, &spec), own = g_str_equal (spec.row.id, "crc");
  g_autofree char *example = any ? dup_example (&spec) : NULL;

  self->showing = TRUE;
  gtk_widget_set_sensitive (self->check_grid, any);
  gtk_widget_set_visible (self->own_grid, own);
  ph_number_field_set_value (self->from_field, spec.from);
  ph_number_field_set_value (self->to_field, spec.to);
  gtk_drop_down_set_selected (self->order_drop_down, spec.order);
  gtk_drop_down_set_selected (self->form_drop_down, spec.form);
  gtk_drop_down_set_selected (self->over_drop_down, spec.over_hex ? 1 : 0);
  if (own)
    show_own (self, &spec.row.crc);
  self->showing = FALSE;
  gtk_label_set_label (self->example_label, any ? example : _("No check bytes are chosen"));
}

static void
show_around (PhCheckPopover *self)
{
  PhPayloadFormat format = ph_send_options_get_format (self->options);

  ph_checked_entry_set_text (self->prefix_entry, format.prefix != NULL ? format.prefix : "");
  ph_checked_entry_set_text (self->suffix_entry, format.suffix != NULL ? format.suffix : "");
}

/* ---- taking ---- */

static guint64
most_of (guint width)
{
  return G_MAXUINT64 >> (64 - width);
}

/* High bits that another width has no room for are left out. */
static void
read_own (PhCheckPopover *self, PhCheckRow *row)
{
  guint width = (guint) ph_number_field_get_value (self->width_field);
  guint64 most = most_of (width);

  row->width = row->crc.width = (guint8) width;
  row->crc.poly &= most;
  row->crc.init &= most;
  row->crc.xorout &= most;
  if (row->crc.poly == 0)
    row->crc.poly = 1;
  row->crc.refin = gtk_check_button_get_active (self->refin_check);
  row->crc.refout = gtk_check_button_get_active (self->refout_check);
}

static void
changed_cb (PhCheckPopover *self)
{
  PhCheckSpec spec;

  if (self->showing || self->options == NULL || !read_spec (self, &spec))
    return;
  spec.from = (guint32) ph_number_field_get_value (self->from_field);
  spec.to = (guint32) ph_number_field_get_value (self->to_field);
  spec.order = (PhCheckOrder) gtk_drop_down_get_selected (self->order_drop_down);
  spec.form = (PhCheckForm) gtk_drop_down_get_selected (self->form_drop_down);
  spec.over_hex = gtk_drop_down_get_selected (self->over_drop_down) == 1;
  if (g_str_equal (spec.row.id, "crc"))
    read_own (self, &spec.row);
  take_spec (self, &spec);
}

static gboolean
parse_number (const char *typed, guint64 *ret_number, guint width, GError **error)
{
  const char *digits = g_ascii_strncasecmp (typed, "0x", 2) == 0 ? typed + 2 : typed;
  g_autofree char *bits = NULL;

  if (g_ascii_string_to_unsigned (digits, 16, 0, most_of (width), ret_number, NULL))
    return TRUE;
  bits = ph_format_dup_grouped (width);
  g_set_error (error, PH_CHECK_ERROR, PH_CHECK_ERROR_WORDS,
               ngettext ("Hex digits of at most %s bit are needed", "Hex digits of at most %s bits are needed", width), bits);

  return FALSE;
}

/* Takes a parameter of one's own CRC, which @field is in. */
static gboolean
take_number (PhCheckPopover *self, gsize field, const char *typed, GError **error)
{
  PhCheckSpec spec;
  guint64 number;

  if (!read_spec (self, &spec))
    return TRUE;
  if (!parse_number (typed, &number, spec.row.width, error))
    return FALSE;
  if (number == 0 && field == G_STRUCT_OFFSET (PhCrcModel, poly))
    {
      g_set_error_literal (error, PH_CHECK_ERROR, PH_CHECK_ERROR_WORDS, _("A polynomial is not 0"));
      return FALSE;
    }
  G_STRUCT_MEMBER (guint64, &spec.row.crc, field) = number;
  take_spec (self, &spec);

  return TRUE;
}

static gboolean
take_poly (gpointer self, const char *typed, GError **error)
{
  return take_number (self, G_STRUCT_OFFSET (PhCrcModel, poly), typed, error);
}

static gboolean
take_init (gpointer self, const char *typed, GError **error)
{
  return take_number (self, G_STRUCT_OFFSET (PhCrcModel, init), typed, error);
}

static gboolean
take_xorout (gpointer self, const char *typed, GError **error)
{
  return take_number (self, G_STRUCT_OFFSET (PhCrcModel, xorout), typed, error);
}

/* Shows them as they go out, in pairs. */
static gboolean
take_bytes (PhCheckPopover *self, const char *property, const char *typed, GError **error)
{
  g_autoptr (GBytes) bytes = ph_hex_parse (typed, NULL, error);
  g_autoptr (GString) pairs = g_string_new (NULL);
  gconstpointer data;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  ph_hex_append (pairs, data, length);
  g_object_set (self->options, property, pairs->str, NULL);
  show_around (self);

  return TRUE;
}

static gboolean
take_prefix (gpointer self, const char *typed, GError **error)
{
  return take_bytes (self, "prefix", typed, error);
}

static gboolean
take_suffix (gpointer self, const char *typed, GError **error)
{
  return take_bytes (self, "suffix", typed, error);
}

/* ---- the object ---- */

static void
fill (GtkDropDown *drop_down, const char *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (list, _(names[i]));
  ph_compat_keep_name (GTK_WIDGET (drop_down));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
}

static void
fill_all (PhCheckPopover *self)
{
  /* in the order of PhCheckOrder and PhCheckForm */
  static const char *const orders[] = { N_("Automatic"), N_("Low byte first"), N_("High byte first"), NULL };
  static const char *const forms[] = { N_("Bytes"), N_("Hex digits, a–f"), N_("Hex digits, A–F"), NULL };
  static const char *const overs[] = { N_("Bytes"), N_("Hex digits, as the bytes they mean"), NULL };

  fill (self->order_drop_down, orders);
  fill (self->form_drop_down, forms);
  fill (self->over_drop_down, overs);
}

static void
ph_check_popover_dispose (GObject *object)
{
  g_clear_object (&PH_CHECK_POPOVER (object)->options);

  G_OBJECT_CLASS (ph_check_popover_parent_class)->dispose (object);
}

static void
ph_check_popover_class_init (PhCheckPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_check_popover_dispose;

  g_type_ensure (PH_TYPE_CHECKED_ENTRY);
  g_type_ensure (PH_TYPE_NUMBER_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/check-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, check_grid);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, from_field);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, to_field);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, form_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, over_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, own_grid);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, width_field);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, poly_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, init_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, xorout_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, refin_check);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, refout_check);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, prefix_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, suffix_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCheckPopover, example_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
ph_check_popover_init (PhCheckPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_popover_return_focus (GTK_WIDGET (self));
  fill_all (self);
  ph_checked_entry_set_func (self->poly_entry, take_poly, self);
  ph_checked_entry_set_func (self->init_entry, take_init, self);
  ph_checked_entry_set_func (self->xorout_entry, take_xorout, self);
  ph_checked_entry_set_func (self->prefix_entry, take_prefix, self);
  ph_checked_entry_set_func (self->suffix_entry, take_suffix, self);
}

static void
create_popup_cb (GtkMenuButton *button, gpointer options)
{
  PhCheckPopover *self;

  if (gtk_menu_button_get_popover (button) == NULL)
    {
      self = g_object_new (PH_TYPE_CHECK_POPOVER, NULL);
      self->options = g_object_ref (options);
      g_signal_connect_object (options, "notify::check", G_CALLBACK (show_check), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (options, "notify::prefix", G_CALLBACK (show_around), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (options, "notify::suffix", G_CALLBACK (show_around), self, G_CONNECT_SWAPPED);
      gtk_menu_button_set_popover (button, GTK_WIDGET (self));
    }
  self = PH_CHECK_POPOVER (gtk_menu_button_get_popover (button));
  show_check (self);
  show_around (self);
}

/**
 * ph_check_popover_attach:
 * @button: opens it; it is made when it is first opened
 * @options: whose "check", "prefix" and "suffix" it shows and sets
 */
void
ph_check_popover_attach (GtkMenuButton *button, PhSendOptions *options)
{
  gtk_menu_button_set_create_popup_func (button, create_popup_cb, g_object_ref (options), g_object_unref);
}
