/** What came of what. */
@NullMarked
package org.maestro.model.lineage;

import org.jspecify.annotations.NullMarked;
