/* ph-send-preview.c: the bytes that will go out, in one line, with the check bytes marked
 *
 * It draws itself, as it changes with each letter that is typed: a label would have the window laid out. Only as many bytes as there is room for
 * are converted. Of a longer message the beginning is shown, and the end from the check bytes on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-preview.h"

#include "ph-compat.h"
#include "ph-hex.h"

#include <glib/gi18n.h>
#include <string.h>

#define SPOKEN 32u /* bytes that a screen reader is told */

struct _PhSendPreview
{
  GtkWidget parent_instance;

  gsize check_at, check_length;

  /* owned */
  GBytes *bytes;    /* nullable */
  GtkWidget *check; /* an invisible node of the style sheet, for the colour of check bytes */
};

G_DEFINE_FINAL_TYPE (PhSendPreview, ph_send_preview, GTK_TYPE_WIDGET)

/* ---- the line ---- */

static void
append_bytes (GString *line, const guint8 *bytes, gsize length)
{
  if (length > 0 && line->len > 0 && line->str[line->len - 1] != '[')
    g_string_append_c (line, ' ');
  ph_hex_append (line, bytes, length);
}

/* The end of a message, from its check bytes on. */
static void
append_end (GString *line, const guint8 *check, gsize check_length, gsize behind, guint *ret_start, guint *ret_end)
{
  if (check_length == 0)
    return;
  if (line->len > 0)
    g_string_append_c (line, ' ');
  *ret_start = (guint) line->len;
  g_string_append_c (line, '[');
  append_bytes (line, check, check_length);
  g_string_append_c (line, ']');
  *ret_end = (guint) line->len;
  append_bytes (line, check + check_length, behind);
}

/**
 * ph_send_preview_dup_line:
 * @room: characters that the line may have
 * @ret_start, @ret_end: (out): the check bytes in it, with their brackets; 0, 0 without
 *
 * Returns: (transfer full): such as “01 03 00 … 0A [C5 CD]”
 */
char *
ph_send_preview_dup_line (GBytes *bytes, gsize check_at, gsize check_length, gsize room, guint *ret_start, guint *ret_end)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize head = check_length > 0 ? check_at : length, behind = check_length > 0 ? length - check_at - check_length : 0;
  gsize marks = check_length > 0 ? 2 : 0, fit = room > marks ? (room + 1 - marks) / 3 : 0;
  GString *line = g_string_new (NULL);

  *ret_start = *ret_end = 0;
  if (fit >= length)
    {
      append_bytes (line, data, head);
      append_end (line, data + head, check_length, behind, ret_start, ret_end);
      return g_string_free (line, FALSE);
    }
  /* “…” takes the room of a byte. Where the end alone is too long, the beginning is what is left. */
  fit = MAX (fit, 2) - 1;
  if (check_length + behind >= fit)
    {
      check_length = behind = 0;
      head = length;
    }
  append_bytes (line, data, MIN (fit - check_length - behind, head));
  g_string_append (line, " …");
  append_end (line, data + head, check_length, behind, ret_start, ret_end);

  return g_string_free (line, FALSE);
}

static gsize
count_room (PhSendPreview *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int digit = MAX (pango_font_metrics_get_approximate_digit_width (metrics), 1);

  pango_font_metrics_unref (metrics);

  return (gsize) (gtk_widget_get_width (GTK_WIDGET (self)) * PANGO_SCALE / digit);
}

/* ---- the object ---- */

static void
ph_send_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  layout = gtk_widget_create_pango_layout (widget, "0");
  pango_layout_get_pixel_size (layout, NULL, minimum);
  *natural = *minimum;
}

static void
mark_check (PhSendPreview *self, PangoLayout *layout, guint start, guint end)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *color;
  GdkRGBA rgba;

  ph_compat_get_color (self->check, &rgba);
  color = pango_attr_foreground_new ((guint16) (rgba.red * 65535), (guint16) (rgba.green * 65535), (guint16) (rgba.blue * 65535));
  color->start_index = start;
  color->end_index = end;
  pango_attr_list_insert (attributes, color);
  pango_layout_set_attributes (layout, attributes);
}

static void
ph_send_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PhSendPreview *self = PH_SEND_PREVIEW (widget);
  g_autofree char *line = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  guint start, end;
  GdkRGBA color;

  if (self->bytes == NULL)
    return;
  line = ph_send_preview_dup_line (self->bytes, self->check_at, self->check_length, count_room (self), &start, &end);
  layout = gtk_widget_create_pango_layout (widget, line);
  if (end > start)
    mark_check (self, layout, start, end);
  ph_compat_get_color (widget, &color);
  gtk_snapshot_append_layout (snapshot, layout, &color);
}

static void
ph_send_preview_dispose (GObject *object)
{
  PhSendPreview *self = PH_SEND_PREVIEW (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->check, gtk_widget_unparent);

  G_OBJECT_CLASS (ph_send_preview_parent_class)->dispose (object);
}

static void
ph_send_preview_class_init (PhSendPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_send_preview_dispose;
  widget_class->measure = ph_send_preview_measure;
  widget_class->snapshot = ph_send_preview_snapshot;
  gtk_widget_class_set_css_name (widget_class, "sendpreview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
ph_send_preview_init (PhSendPreview *self)
{
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR); /* hex digits are */
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->check = g_object_new (GTK_TYPE_SEPARATOR, "css-name", "check", "visible", FALSE, "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->check, GTK_WIDGET (self));
}

static char *
dup_hex (const guint8 *bytes, gsize length)
{
  GString *hex = g_string_new (NULL);

  ph_hex_append (hex, bytes, MIN (length, SPOKEN));
  if (length > SPOKEN)
    g_string_append (hex, " …");

  return g_string_free (hex, FALSE);
}

static char *
dup_spoken (PhSendPreview *self)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);
  g_autofree char *all = dup_hex (data, length);
  g_autofree char *check = dup_hex (data + self->check_at, self->check_length);

  if (self->check_length == 0)
    /* Translators: hex digits follow */
    return g_strdup_printf (_("Bytes that go out: %s"), all);

  /* Translators: hex digits follow */
  return g_strdup_printf (_("Bytes that go out: %s; check bytes: %s"), all, check);
}

/**
 * ph_send_preview_set_bytes:
 * @bytes: (nullable): of the message; %NULL where there is none
 * @check_at, @check_length: the check bytes in it; 0, 0 without
 */
void
ph_send_preview_set_bytes (PhSendPreview *preview, GBytes *bytes, gsize check_at, gsize check_length)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (PH_IS_SEND_PREVIEW (preview));

  if (bytes != NULL)
    g_bytes_ref (bytes);
  g_clear_pointer (&preview->bytes, g_bytes_unref);
  preview->bytes = bytes;
  preview->check_at = check_at;
  preview->check_length = check_length;
  spoken = bytes != NULL && g_bytes_get_size (bytes) > 0 ? dup_spoken (preview) : g_strdup (_("No bytes go out"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (preview), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_queue_draw (GTK_WIDGET (preview));
}
