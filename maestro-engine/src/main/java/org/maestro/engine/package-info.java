/** The engine service: definitions, runs, steps, REST. Here is nothing but its start. */
@NullMarked
package org.maestro.engine;

import org.jspecify.annotations.NullMarked;
