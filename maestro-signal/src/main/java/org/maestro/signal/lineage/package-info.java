/** What came of what: from a step to its signal, to a trigger or gate, to a run. */
@NullMarked
package org.maestro.signal.lineage;

import org.jspecify.annotations.NullMarked;
