/** What people ask of runs and steps: stop, kill, skip, unblock, restart. */
@NullMarked
package org.maestro.engine.action;

import org.jspecify.annotations.NullMarked;
