/* ph-banner.c: shows an error message over the log until it is dismissed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-banner.h"

#include "ph-compat.h"

#define LINES_MAX 8u /* lines to which messages may be added */

struct _PhBanner
{
  GtkBox parent_instance;

  /* template */
  GtkRevealer *revealer;
  GtkLabel *message_label;
  GtkLabel *hint_label;
};

G_DEFINE_FINAL_TYPE (PhBanner, ph_banner, GTK_TYPE_BOX)

/* When the animation has ended, hides the banner, so that assistive technology does not find it. */
static void
child_revealed_cb (PhBanner *self)
{
  if (!gtk_revealer_get_reveal_child (self->revealer) && !gtk_revealer_get_child_revealed (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
ph_banner_class_init (PhBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, PhBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, PhBanner, message_label);
  gtk_widget_class_bind_template_child (widget_class, PhBanner, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, ph_banner_dismiss);
}

static void
ph_banner_init (PhBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (child_revealed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * ph_banner_show:
 * @message: what failed
 * @hint: (nullable): what the user can do
 *
 * Replaces the message that was shown before.
 */
void
ph_banner_show (PhBanner *banner, const char *message, const char *hint)
{
  g_return_if_fail (PH_IS_BANNER (banner));

  if (gtk_revealer_get_reveal_child (banner->revealer)
      && g_str_equal (gtk_label_get_label (banner->message_label), message))
    return;
  gtk_label_set_label (banner->message_label, message);
  gtk_label_set_label (banner->hint_label, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (banner->hint_label), hint != NULL);
  gtk_widget_set_visible (GTK_WIDGET (banner), TRUE);
  gtk_revealer_set_reveal_child (banner->revealer, TRUE);
  ph_compat_announce (GTK_WIDGET (banner), message);
}

static guint
count_lines (const char *text)
{
  guint n = 1;

  for (; *text != '\0'; text++)
    n += *text == '\n';

  return n;
}

/**
 * ph_banner_add:
 * @message: what failed
 * @hint: (nullable): what the user can do
 *
 * Adds a line to the message that is shown. If there are too many lines, or none is shown, it replaces them. A message that is shown
 * already is not added.
 */
void
ph_banner_add (PhBanner *banner, const char *message, const char *hint)
{
  const char *before, *hint_before;
  g_autofree char *both = NULL;

  g_return_if_fail (PH_IS_BANNER (banner));

  before = gtk_label_get_label (banner->message_label);
  hint_before = gtk_widget_get_visible (GTK_WIDGET (banner->hint_label)) ? gtk_label_get_label (banner->hint_label) : NULL;
  both = g_strdup_printf ("%s\n%s", before, message);
  if (!gtk_revealer_get_reveal_child (banner->revealer) || count_lines (both) > LINES_MAX)
    ph_banner_show (banner, message, hint);
  else if (strstr (before, message) == NULL)
    ph_banner_show (banner, both, hint != NULL ? hint : hint_before);
}

/**
 * ph_banner_dismiss:
 *
 * Hides the banner, if it is shown.
 */
void
ph_banner_dismiss (PhBanner *banner)
{
  g_return_if_fail (PH_IS_BANNER (banner));

  gtk_revealer_set_reveal_child (banner->revealer, FALSE);
  child_revealed_cb (banner);
}
