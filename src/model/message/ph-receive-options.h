/* ph-receive-options.h: how received data is shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PH_TYPE_RECEIVE_OPTIONS (ph_receive_options_get_type ())
G_DECLARE_FINAL_TYPE (PhReceiveOptions, ph_receive_options, PH, RECEIVE_OPTIONS, GObject)

/*
 * Properties, all read-write:
 *   "form" (string): of payloads: "text", "hex" or "automatic" (text where it is text, else hex); anything else is ignored
 *   "hex" (boolean): whether "form" is "hex"; FALSE makes it "text"
 *   "as-it-came" (boolean): each record has the form and the encoding that were set when it came
 *   "encoding" (string): a PhCharset id; an unknown one is ignored
 *   "mode" (string): the view of the log: "compact", "comfortable", "stream", "table" or "bytes"; anything else is ignored
 *   "wrap" (boolean): long lines are wrapped
 *   "time" (string): what is shown of the time of a record: "time-of-day", "since-opening", "since-record" (since the record
 *     before) or "none"; anything else is ignored
 *   "show-time" (boolean): whether "time" is not "none"; TRUE makes it what it was last
 *   "hidden" (boolean): new records are not shown
 *   "follow" (boolean): the log is at its end and stays there; scrolling changes it
 *   "auto-scroll" (boolean): reads as "follow" does. The user's choice is written here, and becomes "follow-at-start" too
 *   "follow-at-start" (boolean): what the next tab begins with; writing it sets "follow"
 */
PhReceiveOptions *ph_receive_options_new (void);
guint8 ph_receive_options_get_form (PhReceiveOptions *options);

G_END_DECLS
