/**
 * What every REST route shares: limits of bodies, what texts may hold, the web server's own
 * refusals, wiring.
 */
@NullMarked
package org.maestro.service.web;

import org.jspecify.annotations.NullMarked;
