/** Models in this process. Needs attune-serve on the class path; the other packages do not. */
@NullMarked
package dev.attune.langchain4j.local;

import org.jspecify.annotations.NullMarked;
