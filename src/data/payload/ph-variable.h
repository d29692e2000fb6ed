/* ph-variable.h: variables of a message, such as {counter} and {time:%F %T}, as rows of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"

G_BEGIN_DECLS

#define PH_VARIABLE_BYTES_MAX 65536u /* bytes of {random:N} */
#define PH_VARIABLE_WORDS_MAX 1024u  /* bytes between the braces */

/** PhValues: what the variables of one message are made from. */
typedef struct
{
  guint64 number;          /* how many messages were built from the same text before this one */
  gint64 time;             /* ns since 1970, UTC */
  guint64 random;          /* another one for each message: ph_random_next() */
  const char *peer, *local; /* addresses; "" where there is none */
} PhValues;

typedef enum
{
  PH_NEED_NONE,
  PH_NEED_ANSWER, /* what somebody types, asked for before the message is sent */
  PH_NEED_FILE,   /* the bytes of a file */
} PhNeedKind;

/** PhNeed: what a text needs before it can be sent: an answer to the question @name, or the file @name. */
typedef struct
{
  PhNeedKind kind;
  const char *name;
} PhNeed;

typedef struct _PhVariable PhVariable;

/**
 * PhVariableRow: a kind of variable.
 * @id: what stands behind the "{"
 * @example: how it is written, with arguments if it takes any
 * @help: a sentence, marked with N_()
 * @bytes: its value is bytes and not text
 * @number: its value is a number, which may have a form such as 04x
 * @address: it is one of the addresses
 */
typedef struct
{
  const char *id, *example, *help;
  PhNeedKind need;
  gboolean bytes, number, address;
  gboolean (*parse) (PhVariable *variable, const char *arguments);
  void (*append) (const PhVariable *variable, const PhValues *values, GString *out);
} PhVariableRow;

const PhVariableRow *ph_variable_at (guint index); /* NULL past the last */

PhVariable *ph_variable_new (const char *words, gboolean hex, GError **error);
PhVariable *ph_variable_ref (PhVariable *variable);
void ph_variable_unref (PhVariable *variable);
gboolean ph_variable_is_address (const PhVariable *variable);
PhNeed ph_variable_get_need (const PhVariable *variable);
gboolean ph_variable_append (const PhVariable *variable, const PhCharset *charset, const PhValues *values, GByteArray *message,
                             GError **error);

guint64 ph_random_next (guint64 *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhVariable, ph_variable_unref)

G_END_DECLS
