/** What happens with new signals and with those who wait for them, partition by partition. */
@NullMarked
package org.maestro.signal.offer;

import org.jspecify.annotations.NullMarked;
