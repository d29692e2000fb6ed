/* ph-responders.h: the rows of the table of responders, each from a file of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-responder.h"

G_BEGIN_DECLS

extern const PhResponder ph_echo_responder;

G_END_DECLS
