/** Who is asking, and what they may do. Denies by default. */
@NullMarked
package org.maestro.engine.api.security;

import org.jspecify.annotations.NullMarked;
