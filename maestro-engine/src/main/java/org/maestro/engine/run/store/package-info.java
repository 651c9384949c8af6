/** The tables of runs: what is kept, and how it is read. All SQL of a run that goes on is here. */
@NullMarked
package org.maestro.engine.run.store;

import org.jspecify.annotations.NullMarked;
