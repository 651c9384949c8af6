/** What the scheduler and the signal service ask of the engine. */
@NullMarked
package org.maestro.engine.request;

import org.jspecify.annotations.NullMarked;
