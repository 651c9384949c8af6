/** Back-fills as REST is asked for them. */
@NullMarked
package org.maestro.model.backfill;

import org.jspecify.annotations.NullMarked;
