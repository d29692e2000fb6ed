/* ph-troubles.c: failures of the same kind: the first is a record, the others are counted and told once a second
 *
 * A repeat to a closed port, or lines that are piped to it, would fill the log with the same error. Failures are of the same kind
 * if they have the same cause and the same destination. Of many destinations those beyond a limit are counted together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-troubles.h"

#include "ph-link.h"

#define EVERY (G_GINT64_CONSTANT (1000) * 1000000) /* ns between two records of one kind */
#define DESTINATIONS_MAX 64u /* that are told apart */

typedef struct
{
  PhTroubleKind kind;
  PhError code;
  guint32 peer;
  PhAddr to; /* of no family: any */
  guint64 count; /* since its last record */
} Trouble;

static Trouble *
find (GArray *all, PhTroubleKind kind, const PhAddr *to, PhError code)
{
  for (guint i = 0; i < all->len; i++)
    {
      Trouble *trouble = &g_array_index (all, Trouble, i);

      if (trouble->kind == kind && trouble->code == code && ph_plat_addr_equal (&trouble->to, to))
        return trouble;
    }

  return NULL;
}

static void
init_words (PhWords *words, PhTroubleKind kind, const PhAddr *to)
{
  char text[PH_ADDR_TEXT_MAX];

  ph_words_init (words, kind == PH_TROUBLE_SEND ? "send" : "deliver",
                 to->family != PH_FAMILY_NONE ? ph_plat_addr_text (to, text) : NULL);
}

/* That the queue is full means another thing than with a connection, whose peer does not read. */
static const char *
special_cause (PhTroubleKind kind, PhError code)
{
  return kind == PH_TROUBLE_SEND && code == PH_ERROR_QUEUE_FULL ? "send-queue-full" : NULL;
}

static void
write_first (PhLink *link, const Trouble *trouble, gsize length)
{
  PhWords words;

  init_words (&words, trouble->kind, &trouble->to);
  ph_words_add (&words, "cause", special_cause (trouble->kind, trouble->code));
  if (trouble->kind == PH_TROUBLE_SEND)
    ph_words_add_number (&words, "bytes", length);
  ph_link_error (link, trouble->peer, trouble->code, &words);
}

static void
write_count (PhLink *link, const Trouble *trouble)
{
  gboolean send = trouble->kind == PH_TROUBLE_SEND;
  const char *cause = special_cause (trouble->kind, trouble->code);
  PhWords words;

  init_words (&words, trouble->kind, &trouble->to);
  ph_words_add (&words, "cause", cause != NULL ? cause : ph_error_id (trouble->code));
  ph_words_add_number (&words, "count", trouble->count);
  ph_link_words (link, PH_RECORD_LOSS, trouble->peer, send ? PH_LOSS_REFUSED : PH_LOSS_UNDELIVERED, &words);
}

/**
 * ph_troubles_tell:
 *
 * Writes a record for each kind of which failures were counted since its last record.
 */
void
ph_troubles_tell (PhLink *link)
{
  GArray *all = link->troubles.all;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      Trouble *trouble = &g_array_index (all, Trouble, i);

      if (trouble->count > 0)
        write_count (link, trouble);
      trouble->count = 0;
    }
}

/* A kind without a failure in the last second is forgotten: the next one is told at once. */
static void
second_cb (gpointer data)
{
  PhLink *link = data;
  GArray *all = link->troubles.all;

  for (guint i = all->len; i > 0; i--)
    if (g_array_index (all, Trouble, i - 1).count == 0)
      g_array_remove_index_fast (all, i - 1);
  ph_troubles_tell (link);
  if (all->len > 0)
    ph_timer_set (link->timers, &link->troubles.timer, ph_plat_monotonic () + EVERY, second_cb, link);
}

/* The kind that a failure is counted as; NULL if it is the first of its kind. */
static Trouble *
find_or_share (GArray *all, PhTroubleKind kind, const PhAddr *to, PhError code)
{
  static const PhAddr any = { .family = PH_FAMILY_NONE };
  Trouble *trouble = find (all, kind, to, code);

  return trouble != NULL || all->len < DESTINATIONS_MAX ? trouble : find (all, kind, &any, code);
}

/**
 * ph_troubles_report:
 * @to: where to; of no family if that is not known
 * @peer: its number, or %PH_PEER_NONE
 * @code: why
 * @length: of the message in bytes
 *
 * Writes an error record, or counts the failure if there was one of its kind in the last second. A name that has this address is
 * asked for again.
 */
void
ph_troubles_report (PhLink *link, PhTroubleKind kind, const PhAddr *to, guint32 peer, PhError code, gsize length)
{
  PhTroubles *self = &link->troubles;
  Trouble first = { .kind = kind, .code = code, .peer = peer, .to = *to }, shared = { .kind = kind, .code = code }, *known;

  if (code != PH_ERROR_QUEUE_FULL)
    ph_hosts_doubt (link->hosts, to);
  if (self->all == NULL)
    self->all = g_array_new (FALSE, FALSE, sizeof (Trouble));
  known = find_or_share (self->all, kind, to, code);
  if (known != NULL)
    {
      known->count++;
      return;
    }
  write_first (link, &first, length);
  g_array_append_vals (self->all, self->all->len < DESTINATIONS_MAX ? &first : &shared, 1);
  if (self->timer.timers == NULL)
    ph_timer_set (link->timers, &self->timer, ph_plat_monotonic () + EVERY, second_cb, link);
}

/**
 * ph_troubles_is_of_datagram:
 * @code: why a call failed
 *
 * Returns: whether it may be the error of an earlier datagram, that the system tells once by the next call
 */
gboolean
ph_troubles_is_of_datagram (PhError code)
{
  return code == PH_ERROR_REFUSED || code == PH_ERROR_UNREACHABLE || code == PH_ERROR_TIMED_OUT || code == PH_ERROR_TOO_LONG
         || code == PH_ERROR_RESET || code == PH_ERROR_FORBIDDEN;
}

/** ph_troubles_clear: for a link that ends: tells what was counted. */
void
ph_troubles_clear (PhLink *link)
{
  ph_troubles_tell (link);
  ph_timer_clear (&link->troubles.timer);
  g_clear_pointer (&link->troubles.all, g_array_unref);
}
