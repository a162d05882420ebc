/*
 * Scripts and styles that go into pages.
 *
 * Lives here: their bytes.
 * Not here: their text (report/assets/), how they get in (report/assets/embed.sh).
 */
#ifndef REPORT_ASSETS_H
#define REPORT_ASSETS_H

#include "base/str.h"

extern const struct str asset_controls_html;
extern const struct str asset_flame_css;
extern const struct str asset_flame_js;
extern const struct str asset_page_css;
extern const struct str asset_page_js;
extern const struct str asset_panzoom_js;

#endif
