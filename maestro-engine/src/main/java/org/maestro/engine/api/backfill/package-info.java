/** Back-fills over REST. */
@NullMarked
package org.maestro.engine.api.backfill;

import org.jspecify.annotations.NullMarked;
