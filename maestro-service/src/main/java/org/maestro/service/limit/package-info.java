/**
 * How much one caller, and all together, may have open at a time: connections, requests, streams.
 * Says no early and briefly, so that others are served.
 */
@NullMarked
package org.maestro.service.limit;

import org.jspecify.annotations.NullMarked;
