/** Strict reading of JSON objects: wrong types and ranges are refused with the path of the field. */
@NullMarked
package dev.attune.serve.fields;

import org.jspecify.annotations.NullMarked;
