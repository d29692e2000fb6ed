/* ph-finder-scan.h: the thread of a finder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-search.h"
#include "ph-store.h"

G_BEGIN_DECLS

typedef struct _PhScan PhScan;

/**
 * PhScanPiece: records that have been searched.
 * @bits: of @n bits, those that were found set
 */
typedef struct
{
  guint64 first;
  guint32 n;
  guint64 *bits;
} PhScanPiece;

/* On the scan's thread: the first piece since ph_scan_take(). */
typedef void (*PhScanFunc) (gpointer data);

PhScan *ph_scan_new (PhStore *store, PhScanFunc found, gpointer data);
void ph_scan_free (PhScan *scan);
void ph_scan_start (PhScan *scan, PhSearch *search, guint64 first, guint64 end);
void ph_scan_stop (PhScan *scan);
void ph_scan_advance (PhScan *scan, guint64 end);
GArray *ph_scan_take (PhScan *scan);

G_END_DECLS
