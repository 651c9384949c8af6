/**
 * Http steps: one request to an allow-listed host, and what its response means. Owns the guard
 * against requests to places inside; calls nothing but the step runtime contracts.
 */
@NullMarked
package org.maestro.engine.step.runtime.http;

import org.jspecify.annotations.NullMarked;
