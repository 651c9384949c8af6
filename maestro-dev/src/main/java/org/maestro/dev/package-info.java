/**
 * The whole of Maestro on one machine with one command: the database, the message broker and the
 * services, started and stopped together.
 */
@NullMarked
package org.maestro.dev;

import org.jspecify.annotations.NullMarked;
