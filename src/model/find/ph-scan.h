/* ph-scan.h: the thread that searches the records of a store for a finder
 *
 * It searches one chunk at a time, without a lock, and sleeps while there are no new records. All functions are for the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-search.h"
#include "ph-store.h"

G_BEGIN_DECLS

typedef struct _PhScan PhScan;

/**
 * PhScanPiece: the result for some records that follow one another.
 * @first: sequence number of the first of them
 * @n: number of records
 * @bits: (owned): one bit for each record, set if it matches; %NULL if @n is 0
 * @n_unknown: number of records that may match, but were given up, because the expression is too slow for them
 * @unknown: sequence number of the first of those
 */
typedef struct
{
  guint64 first;
  guint32 n;
  guint64 *bits;
  guint64 n_unknown, unknown;
} PhScanPiece;

/* Called on the scan's thread when there is a first piece to take. It is called again only after ph_scan_take(). */
typedef void (*PhScanFunc) (gpointer data);

PhScan *ph_scan_new (PhStore *store, PhScanFunc found, gpointer data);
void ph_scan_free (PhScan *scan);
gboolean ph_scan_start (PhScan *scan, PhSearch *search, guint64 first, guint64 end, GError **error);
void ph_scan_stop (PhScan *scan);
void ph_scan_advance (PhScan *scan, guint64 end);
GArray *ph_scan_take (PhScan *scan);

G_END_DECLS
