/** Start requests: run strategies, admission, exactly-once. */
@NullMarked
package org.maestro.engine.start;

import org.jspecify.annotations.NullMarked;
