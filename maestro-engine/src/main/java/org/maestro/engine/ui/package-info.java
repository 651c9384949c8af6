/**
 * Serves the pages of the web UI, which are built apart from the engine and may be missing. Knows
 * nothing of workflows: the pages ask the REST routes as everybody else does.
 */
@NullMarked
package org.maestro.engine.ui;

import org.jspecify.annotations.NullMarked;
