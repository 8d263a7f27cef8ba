/*
 * style.h - the look of the report: light and dark, phone and paper.
 */
#ifndef REPORTS_STYLE_H
#define REPORTS_STYLE_H

// The names of colours, light and dark; what follows draws with them.
extern const char *const report_colours;

// The rest of the style sheet, for the one <style> element of the page.
const char *report_style(void);

#endif
