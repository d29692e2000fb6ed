/* ph-tab-setup.c: the set-up of a tab: what is needed to make another one like it, without its records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-tab-setup.h"

#include "ph-session-page-private.h"

struct _PhTabSetup
{
  PhEndpoint *endpoint;
  PhReceiveOptions *receive;
  PhSaveOptions *save;
  PhSendOptions *send;
  char *text;      /* of the message */
  char *own_title; /* nullable */
};

/* Where the log stands is no option; and what is hidden in a log that is empty would look broken. */
static const char *const left_out[] = { "follow", "auto-scroll", "hidden", NULL };

/* Whatever options there are: each is a property. */
static void
copy_options (GObject *from, GObject *to)
{
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (from), &n);

  for (guint i = 0; i < n; i++)
    if ((specs[i]->flags & G_PARAM_READWRITE) == G_PARAM_READWRITE && (specs[i]->flags & G_PARAM_CONSTRUCT_ONLY) == 0
        && !g_strv_contains (left_out, specs[i]->name))
      {
        g_auto (GValue) value = G_VALUE_INIT;

        g_object_get_property (from, specs[i]->name, &value);
        g_object_set_property (to, specs[i]->name, &value);
      }
}

/* While it is open the fields show what is bound: then what was asked for. */
static PhEndpoint *
dup_endpoint (PhSessionPage *page)
{
  if (ph_session_is_active (page->session))
    return ph_endpoint_copy (ph_session_get_endpoint (page->session));

  return ph_network_panel_dup_typed (page->network_panel);
}

/**
 * ph_tab_setup_new:
 * @page: a page that is not read-only
 *
 * Returns: (transfer full): its fields as typed, its options, its message and its own title, as they are now
 */
PhTabSetup *
ph_tab_setup_new (PhSessionPage *page)
{
  PhTabSetup *setup = g_new0 (PhTabSetup, 1);

  setup->endpoint = dup_endpoint (page);
  setup->receive = ph_receive_options_new ();
  setup->save = ph_save_options_new ();
  setup->send = ph_send_options_new ();
  copy_options (G_OBJECT (page->receive_options), G_OBJECT (setup->receive));
  copy_options (G_OBJECT (page->save_options), G_OBJECT (setup->save));
  copy_options (G_OBJECT (page->send_options), G_OBJECT (setup->send));
  setup->text = g_strdup (ph_message_get_text (page->message));
  setup->own_title = g_strdup (page->own_title);

  return setup;
}

/**
 * ph_tab_setup_apply:
 * @page: a new page
 *
 * Sets up @page like that.
 */
void
ph_tab_setup_apply (const PhTabSetup *setup, PhSessionPage *page)
{
  ph_session_page_set_endpoint (page, setup->endpoint);
  copy_options (G_OBJECT (setup->receive), G_OBJECT (page->receive_options));
  copy_options (G_OBJECT (setup->save), G_OBJECT (page->save_options));
  copy_options (G_OBJECT (setup->send), G_OBJECT (page->send_options));
  ph_message_set_text (page->message, setup->text);
  ph_session_page_set_own_title (page, setup->own_title);
}

void
ph_tab_setup_free (PhTabSetup *setup)
{
  ph_endpoint_free (setup->endpoint);
  g_object_unref (setup->receive);
  g_object_unref (setup->save);
  g_object_unref (setup->send);
  g_free (setup->text);
  g_free (setup->own_title);
  g_free (setup);
}
