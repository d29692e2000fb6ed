/* ph-json-file.h: a file of JSON that is not trusted, and the line of each value in it
 *
 * Stricter than json-glib, which reads comments, several values one after the other and brackets to any depth. Any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PH_JSON_FILE_DEPTH 32u        /* brackets inside of each other */
#define PH_JSON_FILE_VALUES 4000000u /* values, names and brackets: more than PH_COMMANDS_MAX commands have */

typedef struct _PhJsonFile PhJsonFile;

PhJsonFile *ph_json_file_new (const char *text, gsize length, GError **error);
void ph_json_file_free (PhJsonFile *file);
JsonNode *ph_json_file_get_root (PhJsonFile *file);
char *ph_json_file_dup_line (PhJsonFile *file, JsonNode *node);
void ph_json_append_string (GString *out, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhJsonFile, ph_json_file_free)

G_END_DECLS
