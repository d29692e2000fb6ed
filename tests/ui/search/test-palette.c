/* test-palette.c: highlighted text can be read, in the light and the dark appearance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "log-fixture.h"
#include "ph-appearance.h"
#include "ph-settings.h"

#include <math.h>

#define TEXT 7.0      /* contrast of text: level AAA of WCAG */
#define ORNAMENT 2.6  /* contrast of marks and of bytes that are not text */
#define BACKGROUND 1.15

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) + 0.0722 * linear (color->blue);
}

static double
contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double one = luminance (a) + 0.05, other = luminance (b) + 0.05;

  return MAX (one, other) / MIN (one, other);
}

static double
distance (const GdkRGBA *a, const GdkRGBA *b)
{
  return fabs (a->red - b->red) + fabs (a->green - b->green) + fabs (a->blue - b->blue);
}

static void
test_text_stands_out_from_every_colour (LogFixture *fixture, gconstpointer appearance)
{
  GdkRGBA text, mark, bad, base, hues[PH_N_HUES];

  ph_appearance_init ();
  g_settings_set_string (ph_settings_get (), "appearance", appearance);
  ph_log_style_get_color (fixture->view, PH_LOG_STYLE_PLAIN, &text);
  ph_log_style_get_color (fixture->view, PH_LOG_STYLE_MARK, &mark);
  ph_log_style_get_color (fixture->view, PH_LOG_STYLE_BAD, &bad);
  ph_log_style_get_color (fixture->view, PH_LOG_STYLE_BASE, &base);
  for (guint i = 0; i < PH_N_HUES; i++)
    {
      ph_log_style_need_hue (fixture->view, i);
      ph_log_style_get_hue (fixture->view, i, &hues[i]);
      g_test_message ("%s: text %.1f, marks %.1f, bad bytes %.1f, background %.2f", ph_hue_id (i), contrast (&text, &hues[i]),
                      contrast (&mark, &hues[i]), contrast (&bad, &hues[i]), contrast (&base, &hues[i]));
      g_assert_cmpfloat (contrast (&text, &hues[i]), >=, TEXT);
      g_assert_cmpfloat (contrast (&mark, &hues[i]), >=, ORNAMENT);
      g_assert_cmpfloat (contrast (&bad, &hues[i]), >=, ORNAMENT);
      g_assert_cmpfloat (contrast (&base, &hues[i]), >=, BACKGROUND);
      for (guint j = 0; j < i; j++)
        g_assert_cmpfloat (distance (&hues[i], &hues[j]), >, 0.15);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add ("/palette/text_stands_out_from_every_colour/light", LogFixture, "light", log_set_up,
              test_text_stands_out_from_every_colour, log_tear_down);
  g_test_add ("/palette/text_stands_out_from_every_colour/dark", LogFixture, "dark", log_set_up,
              test_text_stands_out_from_every_colour, log_tear_down);

  return g_test_run ();
}
