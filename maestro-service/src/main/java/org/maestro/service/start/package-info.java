/**
 * What a service does that starts while something it can't do without is away: it waits, and says
 * so. May be called by whatever needs the database or the brokers first.
 */
@NullMarked
package org.maestro.service.start;

import org.jspecify.annotations.NullMarked;
