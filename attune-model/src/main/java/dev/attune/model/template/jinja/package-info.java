/**
 * The part of Jinja that chat templates use, with the meaning that Python's jinja2 gives it under the settings of
 * transformers (trim_blocks, lstrip_blocks, loop controls, an immutable sandbox). A construct outside that part is
 * refused by name, so that every rendered prompt is exact. Independent of messages.
 */
@NullMarked
package dev.attune.model.template.jinja;

import org.jspecify.annotations.NullMarked;
