/* ph-file-card.c: the file that is sent in place of a typed message: how it is cut, how fast it goes, and how far it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-file-card.h"

#include "ph-compat.h"
#include "ph-feed-speed.h"
#include "ph-file-source.h"
#include "ph-fit-label.h"
#include "ph-format.h"
#include "ph-marks.h"
#include "ph-number-field.h"
#include "ph-segments.h"
#include "ph-settings.h"
#include "ph-wrap-layout.h"

#include <glib/gi18n.h>

#define LOOK_EVERY 250u /* ms between two looks at a file that is sent */

/* What the rate counts; the ids are those of the setting. */
static const char *const units[] = { "fastest", "bytes", "pieces" };

enum
{
  CHANGED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _PhFileCard
{
  GtkBox parent_instance;

  guint timer; /* while it is sent */
  PhFeedSpeed speed;

  /* template */
  GtkLabel *name_label;
  GtkWidget *options_row;
  GtkWidget *piece_box;
  PhNumberField *piece_field;
  PhNumberField *rate_field;
  GtkDropDown *unit_drop_down;
  GtkToggleButton *lines_button;
  GtkWidget *progress_row;
  GtkProgressBar *progress_bar;
  PhFitLabel *progress_label;
  GtkLabel *told_label;
  GtkWidget *cancel_button;

  /* owned */
  char *path; /* nullable */
  char *name; /* nullable: to be shown */
  PhFeed *feed; /* nullable: the newest one */
};

G_DEFINE_FINAL_TYPE (PhFileCard, ph_file_card, GTK_TYPE_BOX)

static void
update_sensitive (PhFileCard *self)
{
  gboolean running = ph_file_card_is_running (self);
  gboolean limited = gtk_drop_down_get_selected (self->unit_drop_down) > 0;

  gtk_widget_set_visible (self->options_row, !running);
  gtk_widget_set_visible (self->progress_row, running);
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (GTK_WIDGET (self->rate_field), limited);
  gtk_widget_set_visible (self->piece_box, !gtk_toggle_button_get_active (self->lines_button));
}

static void
lines_cb (PhFileCard *self)
{
  update_sensitive (self);
}

static void
unit_cb (PhFileCard *self)
{
  guint selected = gtk_drop_down_get_selected (self->unit_drop_down);

  if (selected < G_N_ELEMENTS (units))
    g_settings_set_string (ph_settings_get (), "file-rate-unit", units[selected]);
  update_sensitive (self);
}

/* ---- how far it is ---- */

/* "12 s", "3 min", "2 h" */
static char *
dup_left (double seconds)
{
  guint64 n = (guint64) (seconds < 1 ? 1 : seconds);
  g_autofree char *number = ph_format_dup_grouped (n < 120 ? n : n < 7200 ? n / 60 : n / 3600);

  if (n < 120)
    return g_strdup_printf (_("%s s left"), number);

  return g_strdup_printf (n < 7200 ? _("%s min left") : _("%s h left"), number);
}

static void
show_progress (PhFileCard *self, const PhFeedProgress *progress)
{
  gboolean known = progress->size != PH_FEED_SIZE_UNKNOWN;
  double rate = ph_feed_speed_get (&self->speed), share = known && progress->size > 0 ? (double) progress->sent / (double) progress->size : 0;
  g_autofree char *sent = ph_format_dup_size (progress->sent), *size = known ? ph_format_dup_size (progress->size) : NULL;
  g_autofree char *per_second = ph_format_dup_size ((guint64) rate);
  g_autofree char *left = known && rate > 0 ? dup_left ((double) (progress->size - progress->sent) / rate) : NULL;
  g_autofree char *far = known ? g_strdup_printf (C_("sizes", "%s of %s"), sent, size) : g_strdup (sent);
  g_autofree char *fast = g_strdup_printf (_("%s/s"), per_second);
  g_autofree char *most = g_strjoin (" · ", far, progress->paused ? _("paused") : fast, progress->paused ? NULL : left, NULL);
  const char *const texts[] = { most, far, NULL };

  gtk_progress_bar_set_fraction (self->progress_bar, MIN (share, 1));
  ph_fit_label_set_texts (self->progress_label, texts);
}

/* What the log says of its end. */
static void
show_end (PhFileCard *self, const PhFeedProgress *progress)
{
  g_autofree char *words = NULL;
  PhRecord record;
  PhWords payload;

  ph_feed_describe (self->feed, &record, &payload);
  words = ph_format_event (&record, (const guint8 *) payload.bytes, NULL, PH_LANGUAGE_USER);
  ph_file_card_tell (self, words, progress->state == PH_FEED_FAILED);
}

static gboolean
look_cb (gpointer data)
{
  PhFileCard *self = data;
  PhFeedProgress progress;

  ph_feed_get_progress (self->feed, &progress);
  ph_feed_speed_note (&self->speed, g_get_monotonic_time (), progress.sent);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_progress (self, &progress);
  if (progress.state < PH_FEED_DONE)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  show_end (self, &progress);
  update_sensitive (self);
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* ---- the buttons ---- */

static void
cancel_cb (PhFileCard *self)
{
  ph_file_card_cancel (self);
}

static void
close_cb (PhFileCard *self)
{
  ph_file_card_cancel (self);
  g_signal_emit (self, signals[CLOSED], 0);
}

/* ---- the object ---- */

static void
ph_file_card_dispose (GObject *object)
{
  PhFileCard *self = PH_FILE_CARD (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->feed != NULL)
    ph_feed_cancel (self->feed);
  g_clear_pointer (&self->feed, ph_feed_unref);

  G_OBJECT_CLASS (ph_file_card_parent_class)->dispose (object);
}

static void
ph_file_card_finalize (GObject *object)
{
  g_free (PH_FILE_CARD (object)->path);
  g_free (PH_FILE_CARD (object)->name);

  G_OBJECT_CLASS (ph_file_card_parent_class)->finalize (object);
}

static void
ph_file_card_class_init (PhFileCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_file_card_dispose;
  object_class->finalize = ph_file_card_finalize;
  signals[CHANGED] = g_signal_new ("changed", PH_TYPE_FILE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", PH_TYPE_FILE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PH_TYPE_FIT_LABEL);
  g_type_ensure (PH_TYPE_NUMBER_FIELD);
  g_type_ensure (PH_TYPE_SEGMENTS);
  g_type_ensure (PH_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/file-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, name_label);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, options_row);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, piece_box);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, piece_field);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, rate_field);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, unit_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, lines_button);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, progress_row);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, progress_label);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, told_label);
  gtk_widget_class_bind_template_child (widget_class, PhFileCard, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
ph_file_card_init (PhFileCard *self)
{
  g_autofree char *unit = g_settings_get_string (ph_settings_get (), "file-rate-unit");

  gtk_widget_init_template (GTK_WIDGET (self));
  ph_compat_keep_name (GTK_WIDGET (self->unit_drop_down));
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i], unit))
      gtk_drop_down_set_selected (self->unit_drop_down, i);
  ph_settings_remember ("file-piece", self->piece_field, "value");
  ph_settings_remember ("file-rate", self->rate_field, "value");
  ph_settings_remember ("file-lines", self->lines_button, "active");
  g_signal_connect_object (self->unit_drop_down, "notify::selected", G_CALLBACK (unit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lines_button, "notify::active", G_CALLBACK (lines_cb), self, G_CONNECT_SWAPPED);
  update_sensitive (self);
}

/** ph_file_card_new: Returns: (transfer floating): a card without a file */
GtkWidget *
ph_file_card_new (void)
{
  return g_object_new (PH_TYPE_FILE_CARD, NULL);
}

/**
 * ph_file_card_set_file:
 * @file: what is sent from now on; one that is sent is cancelled. It is not looked at before that
 */
void
ph_file_card_set_file (PhFileCard *card, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  g_return_if_fail (PH_IS_FILE_CARD (card));

  ph_file_card_cancel (card);
  g_free (card->path);
  g_free (card->name);
  card->path = g_file_get_path (file);
  card->name = ph_marks_dup_filename (base);
  gtk_label_set_label (card->name_label, card->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (card->name_label), card->path);
  ph_file_card_tell (card, card->path != NULL ? "" : _("It is on another machine: copy it to this one first"), card->path == NULL);
  g_signal_emit (card, signals[CHANGED], 0);
}

/** ph_file_card_get_name: Returns: (transfer none): of the file, to be shown */
const char *
ph_file_card_get_name (PhFileCard *card)
{
  return card->name;
}

/** ph_file_card_set_stream: @stream: whether it goes to a stream; else a piece is a datagram */
void
ph_file_card_set_stream (PhFileCard *card, gboolean stream)
{
  g_return_if_fail (PH_IS_FILE_CARD (card));

  g_object_set (card->piece_field, "upper", (double) (stream ? PH_FEED_PIECE_MAX : PH_FEED_DATAGRAM_MAX), NULL);
}

/** ph_file_card_get_verb: Returns: (transfer none): what the button beside it does, for its label */
const char *
ph_file_card_get_verb (PhFileCard *card)
{
  PhFeedProgress progress;

  if (!ph_file_card_is_running (card))
    return _("Send");
  ph_feed_get_progress (card->feed, &progress);

  return progress.paused ? C_("sending a file", "Go on") : C_("sending a file", "Pause");
}

/** ph_file_card_is_running: Returns: whether the file is being sent, or waits to be */
gboolean
ph_file_card_is_running (PhFileCard *card)
{
  return card->timer != 0;
}

void
ph_file_card_toggle_pause (PhFileCard *card)
{
  PhFeedProgress progress;

  g_return_if_fail (PH_IS_FILE_CARD (card));

  if (!ph_file_card_is_running (card))
    return;
  ph_feed_get_progress (card->feed, &progress);
  ph_feed_set_paused (card->feed, !progress.paused);
  g_signal_emit (card, signals[CHANGED], 0);
}

/** ph_file_card_cancel: has the sending end, if the file is being sent; the log and the card tell when it has. */
void
ph_file_card_cancel (PhFileCard *card)
{
  g_return_if_fail (PH_IS_FILE_CARD (card));

  if (ph_file_card_is_running (card))
    ph_feed_cancel (card->feed);
}

static PhFeedHow
get_how (PhFileCard *self)
{
  guint unit = gtk_drop_down_get_selected (self->unit_drop_down);
  gboolean lines = gtk_toggle_button_get_active (self->lines_button);

  return (PhFeedHow){ .piece = lines ? 0 : (guint) ph_number_field_get_value (self->piece_field),
                      .lines = lines,
                      .fill = TRUE,
                      .rate = unit > 0 ? (guint64) ph_number_field_get_value (self->rate_field) : 0,
                      .rate_in_pieces = unit == 2 };
}

/**
 * ph_file_card_send:
 * @target: to whom
 *
 * Begins to send. If that cannot be, the reason is shown.
 */
void
ph_file_card_send (PhFileCard *card, PhSession *session, const PhTarget *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFeed) feed = NULL;
  PhFeedHow how;

  g_return_if_fail (PH_IS_FILE_CARD (card));

  if (card->path == NULL || !ph_number_field_commit (card->piece_field) || !ph_number_field_commit (card->rate_field))
    return;
  how = get_how (card);
  feed = ph_file_source_new (card->path, &how, &error);
  if (feed == NULL)
    {
      ph_file_card_tell (card, error->message, TRUE);
      return;
    }
  if (!ph_session_send_feed (session, target, feed))
    {
      ph_feed_cancel (feed);
      return;
    }
  g_clear_pointer (&card->feed, ph_feed_unref);
  card->feed = g_steal_pointer (&feed);
  card->speed = (PhFeedSpeed){ 0 };
  ph_file_card_tell (card, "", FALSE);
  gtk_progress_bar_set_fraction (card->progress_bar, 0);
  ph_fit_label_set_text (card->progress_label, "");
  card->timer = g_timeout_add (LOOK_EVERY, look_cb, card);
  update_sensitive (card);
  g_signal_emit (card, signals[CHANGED], 0);
}

/** ph_file_card_tell: @words: shown until the file is sent again; "" for none */
void
ph_file_card_tell (PhFileCard *card, const char *words, gboolean is_error)
{
  g_return_if_fail (PH_IS_FILE_CARD (card));

  gtk_label_set_label (card->told_label, words);
  gtk_widget_set_visible (GTK_WIDGET (card->told_label), *words != '\0');
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (card->told_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (card->told_label), "error");
  if (*words != '\0')
    ph_compat_announce (GTK_WIDGET (card), words);
}
