/** Who is asking, and what they may do. Denies by default. */
@NullMarked
package org.maestro.service.security;

import org.jspecify.annotations.NullMarked;
