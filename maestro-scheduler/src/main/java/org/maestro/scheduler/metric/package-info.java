/** What is measured of the scheduler. */
@NullMarked
package org.maestro.scheduler.metric;

import org.jspecify.annotations.NullMarked;
