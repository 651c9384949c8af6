/** What a request that is refused is answered with. */
@NullMarked
package org.maestro.model.problem;

import org.jspecify.annotations.NullMarked;
