/* ph-retry.c: what the system cannot do for the moment is tried again, and told once
 *
 * The pause before the next try doubles from try to try, so that a lasting want costs nothing. An operation that fails and works
 * in turn, as on a slow network, is told once as well: it counts as over when it has not failed for a second.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-retry.h"

#include "ph-link.h"

#define PAUSE_MIN G_GINT64_CONSTANT (1000000)         /* ns */
#define PAUSE_MAX (G_GINT64_CONSTANT (500) * 1000000) /* ns */
#define OVER (G_GINT64_CONSTANT (1000) * 1000000)     /* ns without a failure */

static void
write_note (PhRetry *self, PhError code, const char *cause)
{
  char text[PH_ADDR_TEXT_MAX];
  PhWords words;

  ph_words_init (&words, self->action, ph_plat_addr_text (self->on, text));
  ph_words_add (&words, "cause", cause);
  ph_link_words (self->link, PH_RECORD_NOTE, self->peer, (guint16) code, &words);
}

static void
over_cb (gpointer data)
{
  PhRetry *self = data;

  self->told = FALSE;
  write_note (self, PH_ERROR_NONE, "again");
}

static void
again_cb (gpointer data)
{
  PhRetry *self = data;

  self->waiting = FALSE;
  self->again (self->data);
}

/**
 * ph_retry_later:
 * @code: why it failed
 * @cause: (nullable): a word that says more
 *
 * The operation has failed: it is tried again after a pause.
 */
void
ph_retry_later (PhRetry *self, PhError code, const char *cause)
{
  gint64 now = ph_plat_monotonic ();

  self->failed = now;
  if (self->waiting)
    return;
  if (!self->told)
    write_note (self, code, cause);
  self->told = TRUE;
  self->waiting = TRUE;
  self->pause = CLAMP (self->pause * 2, PAUSE_MIN, PAUSE_MAX);
  ph_timer_set (self->link->timers, &self->timer, now + self->pause, again_cb, self);
}

/** ph_retry_worked: the operation works. To be called each time. */
void
ph_retry_worked (PhRetry *self)
{
  if (!self->told)
    return;
  self->pause = 0;
  self->waiting = FALSE;
  ph_timer_set (self->link->timers, &self->timer, self->failed + OVER, over_cb, self);
}

/** ph_retry_clear: the socket goes: nothing is tried or told any more. */
void
ph_retry_clear (PhRetry *self)
{
  ph_timer_clear (&self->timer);
  self->waiting = FALSE;
}
