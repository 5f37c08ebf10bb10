/** Models in directories as models of a server. The rest of the server does not know where models come from. */
@NullMarked
package dev.attune.serve.local;

import org.jspecify.annotations.NullMarked;
