/** What every REST route shares: paging, request limits, wiring of the web layer. */
@NullMarked
package org.maestro.service.web;

import org.jspecify.annotations.NullMarked;
