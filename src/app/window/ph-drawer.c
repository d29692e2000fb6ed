/* ph-drawer.c: the drawer at the right of a tab: pages of what belongs to its session
 *
 * A page is a row of the table; its widget is made when it is first shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-drawer.h"

#include "ph-commands-page.h"
#include "ph-connection-page.h"
#include "ph-peers-page.h"
#include "ph-segments.h"

#include <glib/gi18n.h>

struct _PhDrawer
{
  GtkBox parent_instance;

  gboolean wants_focus; /* as soon as it can be seen */
  guint later;          /* the source that gives it the focus */

  /* template; NULL until it is shown */
  GtkWidget *tabs;
  GtkStack *stack;

  /* owned */
  PhSession *session;
  char *page;
};

G_DEFINE_FINAL_TYPE (PhDrawer, ph_drawer, GTK_TYPE_BOX)

enum
{
  PROP_PAGE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- the pages ---- */

static const struct
{
  const char *id, *title;
  GtkWidget *(*make) (PhSession *session); /* (transfer floating) */
} pages[] = {
  { "commands", N_("Commands"), ph_commands_page_new },
  { "peers", N_("Peers"), ph_peers_page_new },
  { "connection", N_("Connection"), ph_connection_page_new },
};

static gboolean
is_page (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].id, id) == 0)
      return TRUE;

  return FALSE;
}

static void
show_page (PhDrawer *self)
{
  if (self->session == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].id, self->page) && gtk_stack_get_child_by_name (self->stack, self->page) == NULL)
      gtk_stack_add_named (self->stack, pages[i].make (self->session), self->page);
  gtk_stack_set_visible_child_name (self->stack, self->page);
}

static void
add_tab (PhDrawer *self, guint i)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_(pages[i].title));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.drawer-page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", pages[i].id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(pages[i].title), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (self->tabs), button);
}

/* ---- the object ---- */

static void
ph_drawer_show (GtkWidget *widget)
{
  PhDrawer *self = PH_DRAWER (widget);

  if (self->stack == NULL)
    {
      gtk_widget_init_template (widget);
      for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
        add_tab (self, i);
      show_page (self);
    }

  GTK_WIDGET_CLASS (ph_drawer_parent_class)->show (widget);
}

static gboolean
focus_cb (gpointer data)
{
  PhDrawer *self = data;
  GtkWidget *page = self->stack != NULL ? gtk_stack_get_visible_child (self->stack) : NULL;

  self->later = 0;
  self->wants_focus = FALSE;
  if (page == NULL || !gtk_widget_get_mapped (page))
    return G_SOURCE_REMOVE;
  /* To its beginning, also if the focus is inside already. */
  gtk_root_set_focus (gtk_widget_get_root (page), NULL);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

/* A page may be filled when it is mapped, so the focus comes behind that. */
static void
focus_later (PhDrawer *self)
{
  if (self->later == 0)
    self->later = g_idle_add (focus_cb, self);
}

static void
ph_drawer_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_drawer_parent_class)->map (widget);
  if (PH_DRAWER (widget)->wants_focus)
    focus_later (PH_DRAWER (widget));
}

static void
ph_drawer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PAGE:
      g_value_set_string (value, PH_DRAWER (object)->page);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_page (PhDrawer *self, const char *id)
{
  if (!is_page (id) || g_strcmp0 (id, self->page) == 0)
    return;
  g_free (self->page);
  self->page = g_strdup (id);
  if (self->stack != NULL)
    show_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
}

static void
ph_drawer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PAGE:
      set_page (PH_DRAWER (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_drawer_dispose (GObject *object)
{
  g_clear_handle_id (&PH_DRAWER (object)->later, g_source_remove);
  g_clear_object (&PH_DRAWER (object)->session);

  G_OBJECT_CLASS (ph_drawer_parent_class)->dispose (object);
}

static void
ph_drawer_finalize (GObject *object)
{
  g_free (PH_DRAWER (object)->page);

  G_OBJECT_CLASS (ph_drawer_parent_class)->finalize (object);
}

static void
ph_drawer_class_init (PhDrawerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_drawer_get_property;
  object_class->set_property = ph_drawer_set_property;
  object_class->dispose = ph_drawer_dispose;
  object_class->finalize = ph_drawer_finalize;
  widget_class->show = ph_drawer_show;
  widget_class->map = ph_drawer_map;

  props[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, pages[0].id,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (PH_TYPE_SEGMENTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/drawer.ui");
  gtk_widget_class_bind_template_child (widget_class, PhDrawer, tabs);
  gtk_widget_class_bind_template_child (widget_class, PhDrawer, stack);
}

static void
ph_drawer_init (PhDrawer *self)
{
  self->page = g_strdup (pages[0].id);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * ph_drawer_set_session:
 * @session: what the pages are about; set once, before the drawer is shown
 */
void
ph_drawer_set_session (PhDrawer *drawer, PhSession *session)
{
  g_return_if_fail (PH_IS_DRAWER (drawer));

  g_set_object (&drawer->session, session);
}

/** ph_drawer_focus: Gives the focus to the page that is shown, as soon as it can be seen. */
void
ph_drawer_focus (PhDrawer *drawer)
{
  g_return_if_fail (PH_IS_DRAWER (drawer));

  drawer->wants_focus = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (drawer)))
    focus_later (drawer);
}
