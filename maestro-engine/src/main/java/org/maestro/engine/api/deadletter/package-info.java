/** Dead letters over REST. */
@NullMarked
package org.maestro.engine.api.deadletter;

import org.jspecify.annotations.NullMarked;
