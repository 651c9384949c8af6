/** Which scheduler deals with which triggers. Knows nothing of what a trigger is. */
@NullMarked
package org.maestro.scheduler.bucket;

import org.jspecify.annotations.NullMarked;
