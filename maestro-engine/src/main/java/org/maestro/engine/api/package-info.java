/** What every REST route shares: paging, request limits, wiring of the web layer. */
@NullMarked
package org.maestro.engine.api;

import org.jspecify.annotations.NullMarked;
