/* ph-save-job.h: writes a new file at a place that the user chose, on another thread
 *
 * The caller gives the content, as a row of functions: a copy of a capture is one kind. The content is written on the job's thread;
 * everything else happens on the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** PhSaveJob: one file that is being saved. It frees itself after its callback has been called. */
typedef struct _PhSaveJob PhSaveJob;

/** PhSaveContent: the functions of one kind of content. */
typedef struct
{
  /* The job's thread. Writes everything with ph_save_job_write() and ph_save_job_skip(), and returns %FALSE with an error as soon as
   * something fails. */
  gboolean (*write) (PhSaveJob *job, gpointer content, GError **error);

  /* Main thread. Called once, after write has returned or when it will not be called any more. */
  void (*free) (gpointer content);

  /* Main thread, when all is written. Returns what the user has to know all the same, or NULL. May be NULL. */
  char *(*dup_remark) (gpointer content);

  /* Any thread. Returns the message for the user: that the content could not be saved as @place, and @why. */
  char *(*dup_failure) (const char *place, const char *why);
} PhSaveContent;

/**
 * PhSavedFunc:
 * @error: (nullable): %NULL if the file is whole; %G_IO_ERROR_CANCELLED after ph_save_job_cancel(); otherwise with a message
 *   for the user
 *
 * Called on the main thread when a job has ended.
 */
typedef void (*PhSavedFunc) (GFile *to, const GError *error, gpointer data);

PhSaveJob *ph_save_job_start (const PhSaveContent *kind, gpointer content, const char *source, GFile *to, PhSavedFunc saved,
                              gpointer data);
double ph_save_job_get_progress (PhSaveJob *job);
char *ph_save_job_dup_remark (PhSaveJob *job);
void ph_save_job_cancel (PhSaveJob *job);
void ph_save_job_end_all (void);

/* For the content, on the job's thread. */
gboolean ph_save_job_write (PhSaveJob *job, gconstpointer bytes, gsize n, GError **error);
gboolean ph_save_job_skip (PhSaveJob *job, gsize n, GError **error);
void ph_save_job_set_progress (PhSaveJob *job, guint64 done, guint64 all);
gboolean ph_save_job_goes_on (PhSaveJob *job, GError **error);
const int *ph_save_job_get_stop (PhSaveJob *job);

G_END_DECLS
