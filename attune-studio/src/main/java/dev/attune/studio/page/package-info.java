/**
 * What every page is built from: templates and their frame, forms, uploads, Markdown, scripts, roles and permissions. The pages
 * themselves live in the package of their concept.
 */
@NullMarked
package dev.attune.studio.page;

import org.jspecify.annotations.NullMarked;
