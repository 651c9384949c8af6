/**
 * Proves the guarantees on real processes: puts an installation under load, kills and pauses its
 * parts, and checks from outside that nothing is lost, nothing is done twice and everything ends.
 */
@NullMarked
package org.maestro.benchmark;

import org.jspecify.annotations.NullMarked;
