/** Errors as RFC 9457 problems. Owns their shape; may call nothing but the mapper. */
@NullMarked
package org.maestro.service.problem;

import org.jspecify.annotations.NullMarked;
